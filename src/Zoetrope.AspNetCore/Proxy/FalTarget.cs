using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Zoetrope.Fal;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>
/// Where a browser wants a request to go. It is read as a text and not as a URL, so that nothing is normalized: what is not spelled exactly as fal's clients
/// spell it (another scheme or host, a user, a port, dot segments, escapes in the path, upper case, an address in Unicode) is refused.
/// </summary>
internal sealed record FalTarget(FalProxyOperation Operation, FalHost Host, string Path, string Query, string? EndpointId)
{
    private const string Queue = "https://queue.fal.run/";
    private const string Run = "https://fal.run/";
    private const string Rest = "https://rest.fal.ai/";
    private const string Requests = "requests";
    private const string Stream = "stream";
    private const int LongestUrl = 16 * 1024;

    // RFC 3986, section 3.4.
    private static readonly SearchValues<char> _inQuery =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?%");

    private static readonly string[] _uploads =
    [
        "storage/upload/initiate?storage_type=fal-cdn-v3", "storage/upload/initiate-multipart?storage_type=fal-cdn-v3",
        "storage/upload/complete-multipart?storage_type=fal-cdn-v3",
    ];

    /// <summary>Whether it is billed, so that it must not be sent twice.</summary>
    public bool IsBilled => Operation is FalProxyOperation.Submit or FalProxyOperation.Run;

    /// <summary>Whether it is sent to be read part by part.</summary>
    public bool IsStream => Operation == FalProxyOperation.Run && Path.EndsWith("/" + Stream, StringComparison.Ordinal);

    /// <summary>Reads a target, and says why it is refused.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="method">The method.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="target">The target.</param>
    /// <param name="problem">Why it is refused.</param>
    public static bool TryRead(
        string url, string method, AllowedTargets allowed, [NotNullWhen(true)] out FalTarget? target, [NotNullWhen(false)] out string? problem)
    {
        target = null;
        problem = null;
        var (host, prefix) = url switch
        {
            _ when url.StartsWith(Queue, StringComparison.Ordinal) => (FalHost.Queue, Queue),
            _ when url.StartsWith(Run, StringComparison.Ordinal) => (FalHost.Run, Run),
            _ when url.StartsWith(Rest, StringComparison.Ordinal) => (FalHost.Rest, Rest),
            _ => (default, ""),
        };
        if (prefix.Length == 0)
            problem = "The target must begin with https://fal.run/, https://queue.fal.run/ or https://rest.fal.ai/, spelled exactly so.";
        else if (url.Length > LongestUrl)
            problem = $"The target has more than {LongestUrl} characters.";
        if (problem is not null)
            return false;
        var rest = url[prefix.Length..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (rest, "") : (rest[..mark], rest[mark..]);
        if (query.Length > 1 && query.AsSpan(1).ContainsAnyExcept(_inQuery))
            problem = "The query of the target contains characters that are not valid there.";
        else if (host == FalHost.Rest)
            target = ReadRest(rest, path, method, allowed, query);
        else if (!FalEndpointId.TryParse(path, out var id) || id.ToString() != path)
            problem = "The path of the target must be an endpoint id such as owner/app, or a request of one, without escapes, empty parts or dots.";
        else if (host == FalHost.Queue)
            target = ReadQueue(id, path, query, method, allowed, out problem);
        else
            target = ReadRun(id, path, query, method, allowed, out problem);
        problem ??= target is null ? "The target is not one that this proxy passes on." : null;
        return target is not null;
    }

    private static FalTarget? ReadRest(string rest, string path, string method, AllowedTargets allowed, string query)
    {
        if (method != "POST")
            return null;
        if (allowed.Uploads && Array.IndexOf(_uploads, rest) >= 0)
            return new(FalProxyOperation.Upload, FalHost.Rest, path, query, null);
        return allowed.Tokens && rest is "tokens/" or "tokens/realtime" ? new(FalProxyOperation.Token, FalHost.Rest, path, query, null) : null;
    }

    private static FalTarget? ReadQueue(FalEndpointId id, string path, string query, string method, AllowedTargets allowed, out string? problem)
    {
        problem = null;
        var parts = path.Split('/');
        var app = id.App.Split('/').Length;
        if (parts.Length <= app || parts[app] != Requests)
        {
            if (method != "POST")
                return null;
            problem = allowed.Endpoint(parts) ? null : NotAllowed(path);
            return problem is null ? new(FalProxyOperation.Submit, FalHost.Queue, path, query, path) : null;
        }
        FalProxyOperation? operation = (method, parts[(app + 1)..]) switch
        {
            ("GET", [_] or [_, "status" or "response"] or [_, "status", Stream]) => FalProxyOperation.Poll,
            ("PUT", [_, "cancel"]) => FalProxyOperation.Cancel,
            _ => null,
        };
        if (operation is null)
            return null;
        problem = allowed.App(parts[..app]) ? null : NotAllowed(id.App);
        return problem is null ? new(operation.Value, FalHost.Queue, path, query, id.App) : null;
    }

    private static FalTarget? ReadRun(FalEndpointId id, string path, string query, string method, AllowedTargets allowed, out string? problem)
    {
        problem = null;
        if (method is not ("POST" or "GET"))
            return null;
        var parts = path.Split('/');
        // What streams is the endpoint with a further part.
        if (parts is [.., Stream] && parts.Length > id.App.Split('/').Length && allowed.Endpoint(parts[..^1]))
            return new(FalProxyOperation.Run, FalHost.Run, path, query, string.Join('/', parts[..^1]));
        if (allowed.Endpoint(parts))
            return new(FalProxyOperation.Run, FalHost.Run, path, query, path);
        problem = NotAllowed(path);
        return null;
    }

    private static string NotAllowed(string endpoint) => $"The endpoint {endpoint} is not among those that this proxy allows.";
}

/// <summary>The hosts of fal that requests are passed on to.</summary>
internal enum FalHost
{
    Queue,
    Run,
    Rest,
}
