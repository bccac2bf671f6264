"""What is taken out of the main screen: copies, exports, and the pager and the editor."""
