using System.Globalization;
using System.Net;
using System.Text;
using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>
/// What a response says of an endpoint that will be gone, or is: the headers <c>Deprecation</c> (RFC 9745) and <c>Sunset</c> (RFC 8594), their <c>Link</c>s,
/// and the status 410 with a replacement. It is a warning: the response itself is used as any other.
/// </summary>
public sealed record DeprecationNotice
{
    /// <summary>The provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The id of the model, of a submit; the name of the operation, of a call; null for other requests, such as polls.</summary>
    public string? Name { get; init; }

    /// <summary>The address of the request, without its query; null where it is not known.</summary>
    public Uri? Address { get; init; }

    /// <summary>The HTTP status of the response.</summary>
    public HttpStatusCode StatusCode { get; init; }

    /// <summary>Since when, or from when, it is deprecated; null where the response does not say.</summary>
    public DateTimeOffset? DeprecatedAt { get; init; }

    /// <summary>When it will stop responding; null where the response does not say.</summary>
    public DateTimeOffset? Sunset { get; init; }

    /// <summary>The address of what replaces it (<c>rel="successor-version"</c>); null where there is none.</summary>
    public Uri? Successor { get; init; }

    /// <summary>What replaces it in the words of a 410 response, such as the id of another model; null where there is none. Only of exceptions.</summary>
    public string? Replacement { get; init; }

    /// <summary>The documentation of the deprecation (<c>rel="deprecation"</c>), or else of the end (<c>rel="sunset"</c>); null where there is none.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>Whether it is gone already: the status is 410.</summary>
    public bool IsGone => StatusCode == HttpStatusCode.Gone;

    /// <summary>The notice as a sentence.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Provider).Append(": ").Append(Name ?? Address?.AbsolutePath ?? "an endpoint");
        if (IsGone)
            text.Append(" is gone").Append(AsOf(Sunset));
        else
            text.Append(" is deprecated").Append(AsOf(DeprecatedAt));
        if (!IsGone && Sunset is { } end)
            text.Append(", and ends on ").Append(Date(end));
        if (Replacement is { } other)
            text.Append("; use ").Append(MessageText.Short(other)).Append(" instead");
        else if (Successor is { } successor)
            text.Append("; use ").Append(successor.AbsoluteUri).Append(" instead");
        if (Documentation is { } page)
            text.Append("; see ").Append(page.AbsoluteUri);
        return text.ToString();
    }

    private static string AsOf(DateTimeOffset? time) => time is { } date ? $" as of {Date(date)}" : "";

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
