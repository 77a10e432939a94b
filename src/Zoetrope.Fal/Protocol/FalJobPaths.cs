using System.Buffers;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Fal.Protocol;

/// <summary>
/// Where a job is polled: paths below the queue's address. fal returns them in its response to a submit. Only the paths of those URLs are
/// used, and only if they are ones of that job: each ends with its id and its purpose. A handle keeps them when they are not the usual ones, because
/// they cannot be rebuilt then; as handles may come from anywhere, theirs are checked again.
/// </summary>
internal readonly record struct FalJobPaths
{
    private const char Separator = '|';

    /// <summary>The end of the path of a status.</summary>
    public const string StatusEnd = "/status";

    /// <summary>The end of the path at which a job is canceled.</summary>
    public const string CancelEnd = "/cancel";

    // An id of these is the same in a path.
    private static readonly SearchValues<char> _unreserved = SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");

    // Null where they are below the result, as nearly always.
    private readonly string? _status;
    private readonly string? _cancel;

    private FalJobPaths(string result, string? status = null, string? cancel = null)
    {
        Result = result;
        _status = status == result + StatusEnd ? null : status;
        _cancel = cancel == result + CancelEnd ? null : cancel;
    }

    public string Result { get; }

    public string Status => _status ?? Result + StatusEnd;

    public string Cancel => _cancel ?? Result + CancelEnd;

    /// <summary>The paths that follow from the ids alone.</summary>
    public static FalJobPaths Usual(FalEndpointId endpoint, string jobId) => new($"/{endpoint.App}/requests/{Uri.EscapeDataString(jobId)}");

    /// <summary>The paths of a handle.</summary>
    /// <exception cref="TransportException">The handle does not name a job, or would lead to another path (<see cref="TransportFailure.Refused"/>).</exception>
    public static FalJobPaths Of(JobHandle handle)
    {
        if (handle.Location is { } location && TryParse(location, handle.JobId) is { } paths)
            return paths;
        return FalEndpointId.TryParse(handle.EndpointId, out var endpoint) && handle.JobId is not ("." or "..")
            ? Usual(endpoint, handle.JobId)
            : throw new TransportException($"The handle {handle} is not that of a job of fal; nothing was sent.", TransportFailure.Refused);
    }

    /// <summary>What a handle must keep; null when the paths are the usual ones.</summary>
    public static string? LocationOf(FalEndpointId endpoint, FalReceipt receipt, Uri baseUrl, TrustedHosts hosts)
    {
        // Nearly every receipt has the usual addresses.
        if (receipt is { StatusUrl: null, ResponseUrl: null, CancelUrl: null })
            return null;
        var usual = Usual(endpoint, receipt.JobId);
        var paths = new FalJobPaths(
            PathOf(receipt.ResponseUrl, baseUrl, hosts) is { } result && IsResult(result, receipt.JobId) ? result : usual.Result,
            PathOf(receipt.StatusUrl, baseUrl, hosts) is { } status && IsStatus(status, receipt.JobId) ? status : usual.Status,
            PathOf(receipt.CancelUrl, baseUrl, hosts) is { } cancel && IsCancel(cancel, receipt.JobId) ? cancel : usual.Cancel);
        if (paths == usual)
            return null;
        return paths == new FalJobPaths(paths.Result) ? paths.Result : string.Join(Separator, paths.Status, paths.Result, paths.Cancel);
    }

    /// <summary>Whether a URL is the one that follows from the ids.</summary>
    public static bool IsUsual(ReadOnlySpan<byte> url, string app, string jobId, string end) =>
        Skips(ref url, "https://queue.fal.run/") && Skips(ref url, app) && Skips(ref url, "/requests/") && Skips(ref url, jobId) && Skips(ref url, end)
        && url.IsEmpty
        && jobId.AsSpan().IndexOfAnyExcept(_unreserved) < 0;

    private static bool Skips(ref ReadOnlySpan<byte> url, string part)
    {
        if (url.Length < part.Length || !Ascii.Equals(url[..part.Length], part))
            return false;
        url = url[part.Length..];
        return true;
    }

    private static FalJobPaths? TryParse(string location, string jobId)
    {
        var parts = location.Split(Separator);
        FalJobPaths? paths = parts.Length switch
        {
            1 => new FalJobPaths(location),
            3 => new FalJobPaths(parts[1], parts[0], parts[2]),
            _ => null,
        };
        return paths is { } found && IsStatus(found.Status, jobId) && IsResult(found.Result, jobId) && IsCancel(found.Cancel, jobId) ? found : null;
    }

    private static bool IsStatus(string path, string jobId) => IsOfJob(path, $"/{jobId}/status");

    private static bool IsResult(string path, string jobId) =>
        IsOfJob(path, $"/{jobId}") || IsOfJob(path, $"/{jobId}/response") || IsOfJob(path, $"/{jobId}/result");

    private static bool IsCancel(string path, string jobId) => IsOfJob(path, $"/{jobId}/cancel");

    private static bool IsOfJob(string path, string end) => path.Length > end.Length && path.EndsWith(end, StringComparison.Ordinal) && IsHarmless(path);

    private static string? PathOf(string? url, Uri baseUrl, TrustedHosts hosts)
    {
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || !hosts.Contains(uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return null;
        // The path as it was written: Uri would have resolved dot segments already.
        var start = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        if (start < 0 || !IsHarmless(url[start..]))
            return null;
        var path = url[start..];
        var prefix = baseUrl.AbsolutePath.TrimEnd('/');
        return prefix.Length > 0 && path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : path;
    }

    private static bool IsHarmless(string path)
    {
        if (path.Length is < 2 or > 1024 || path[0] != '/')
            return false;
        foreach (var part in path[1..].Split('/'))
        {
            if (!FalEndpointId.IsPart(part))
                return false;
        }
        return true;
    }
}
