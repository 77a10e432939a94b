namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>A document could not be fetched.</summary>
/// <param name="url">Its address.</param>
/// <param name="reason">What went wrong.</param>
/// <param name="advice">What to do.</param>
internal sealed class FetchException(Uri url, string reason, string advice) : Exception($"{url.AbsoluteUri}: {reason} {advice}")
{
    /// <summary>The address.</summary>
    public Uri Url => url;
}
