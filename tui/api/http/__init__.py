"""How a request goes out and its answer comes in: the first page, connections, proxies, trust, renewal."""
