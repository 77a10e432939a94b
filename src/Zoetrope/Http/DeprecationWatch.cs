using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Reports what responses say of deprecated endpoints, each notice once. Only programs that ask for notices contain it.</summary>
/// <param name="report">Takes a notice.</param>
internal sealed class DeprecationWatch(Action<DeprecationNotice> report)
{
    // A server that says something new each time must not fill the memory.
    private const int MostKnown = 1000;

    private readonly HashSet<DeprecationNotice> _known = [];

    /// <summary>Looks at the headers of a response.</summary>
    public void Look(string provider, Attempt attempt)
    {
        if (attempt.Response is not { } response || attempt.Request.IsStorage)
            return;
        var name = attempt.Submitted ?? attempt.Request.Operation;
        var address = new Uri(attempt.SafeUrl);
        if (DeprecationHeaders.Read(provider, name, response.StatusCode, address, response.HeaderValues) is not { } notice || !IsNew(notice))
            return;
        try
        {
            report(notice);
        }
        catch (Exception)
        {
            // It belongs to the program: the response may be the receipt of a job that is paid for, which must not be lost.
        }
    }

    private bool IsNew(DeprecationNotice notice)
    {
        lock (_known)
        {
            if (_known.Count >= MostKnown)
                _known.Clear();
            // The addresses of jobs differ, and say nothing else.
            return _known.Add(notice with { Address = null });
        }
    }
}
