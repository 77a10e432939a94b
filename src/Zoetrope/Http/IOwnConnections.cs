namespace Zoetrope.Http;

/// <summary>
/// A primary handler that makes connections as the SDK itself does where it has no client of the user's, as in a host. What needs connections of another kind
/// has them as without such a client, and not through its handlers: files, where the address that a name resolves to is checked, and WebSockets.
/// </summary>
public interface IOwnConnections;
