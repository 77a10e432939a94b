using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Reports what responses say of deprecated endpoints, each notice once. Only programs that ask for notices contain it.</summary>
/// <param name="report">Takes a notice.</param>
internal sealed class DeprecationWatch(Action<DeprecationNotice> report)
{
    // A server that says something new each time must not fill the memory.
    private const int MostKnown = 1000;

    private readonly HashSet<Known> _known = [];

    /// <summary>Looks at the headers of a response.</summary>
    public void Look(string provider, Attempt attempt)
    {
        if (attempt.Response is not { } response || attempt.Request.IsStorage || !DeprecationHeaders.MayBeIn(response.StatusCode, response))
            return;
        try
        {
            var name = attempt.Submitted ?? attempt.Request.Operation;
            var address = new Uri(attempt.SafeUrl);
            if (DeprecationHeaders.Read(provider, name, response.StatusCode, address, response.HeaderValues) is { } notice && IsNew(notice))
                report(notice);
        }
        catch (Exception)
        {
            // The callback belongs to the program, and whatever a header has: the response may be the receipt of a job that is paid for.
        }
    }

    private bool IsNew(DeprecationNotice notice)
    {
        // Requests about jobs have no name: their addresses differ, and say nothing else. Raw requests have the same name for every path.
        var path = notice.Name == TransportRequest.RawOperation ? notice.Address?.AbsolutePath : null;
        var known = new Known(
            notice.Provider, notice.Name, path, notice.IsGone, notice.DeprecatedAt?.UtcDateTime.Date, notice.Sunset?.UtcDateTime.Date, notice.Successor,
            notice.Documentation);
        lock (_known)
        {
            if (_known.Count >= MostKnown)
                _known.Clear();
            return _known.Add(known);
        }
    }

    // Days, because some servers count the end from the response.
    private sealed record Known(
        string Provider, string? Name, string? Path, bool IsGone, DateTime? DeprecatedAt, DateTime? Sunset, Uri? Successor, Uri? Documentation);
}
