namespace Zoetrope.Http;

/// <summary>
/// A handler of a user's <see cref="HttpClient"/> with nothing between it and the connections: it sends each request once and as it is, and reads no content.
/// Where it is the client's first handler, no guard is inserted below it, and no request is marked for it (<see cref="RequestMarks"/>), which saves both.
/// </summary>
public interface IDirectHandler;
