"""What is taken out of a conversation that is read: copies, exports, pager and editor; and the page of its agent."""
