using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Fal;

/// <summary>
/// The parts of an endpoint id such as <c>fal-ai/kling-video/o3/pro/image-to-video</c>. A job is submitted to the full id, but polled
/// at the app alone, which is <c>owner/alias</c>, preceded by the namespace for <c>workflows</c> and <c>comfy</c>.
/// </summary>
public sealed class FalEndpointId
{
    private FalEndpointId(string? @namespace, string owner, string alias, string? path)
    {
        Namespace = @namespace;
        Owner = owner;
        Alias = alias;
        Path = path;
        App = @namespace is null ? $"{owner}/{alias}" : $"{@namespace}/{owner}/{alias}";
    }

    /// <summary><c>workflows</c> or <c>comfy</c>; null for all others.</summary>
    public string? Namespace { get; }

    /// <summary>The owner, such as <c>fal-ai</c>.</summary>
    public string Owner { get; }

    /// <summary>The app's name, such as <c>kling-video</c>.</summary>
    public string Alias { get; }

    /// <summary>The rest, such as <c>o3/pro/image-to-video</c>; null if there is none.</summary>
    public string? Path { get; }

    /// <summary>The app, at which status, result and cancellation are requested: the id without <see cref="Path"/>.</summary>
    public string App { get; }

    /// <summary>Reads an id. The old format <c>123-name</c> means <c>123/name</c>.</summary>
    /// <exception cref="ArgumentException">It is not an endpoint id.</exception>
    public static FalEndpointId Parse(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return TryParse(id, out var parsed)
            ? parsed
            : throw new ArgumentException($"'{id}' is not an endpoint id of fal. An id looks like 'owner/app' or 'owner/app/some/path', such as "
                + "'fal-ai/flux/dev'.", nameof(id));
    }

    /// <summary>Reads an id if it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? id, [NotNullWhen(true)] out FalEndpointId? parsed)
    {
        parsed = null;
        if (string.IsNullOrEmpty(id))
            return false;
        var parts = id.Split('/');
        foreach (var part in parts)
        {
            if (!IsPart(part))
                return false;
        }
        if (parts.Length == 1)
        {
            parsed = ParseOldForm(id);
            return parsed is not null;
        }
        var first = parts[0] is "workflows" or "comfy" ? 1 : 0;
        if (parts.Length < first + 2)
            return false;
        var path = parts.Length > first + 2 ? string.Join('/', parts, first + 2, parts.Length - first - 2) : null;
        parsed = new FalEndpointId(first == 1 ? parts[0] : null, parts[first], parts[first + 1], path);
        return true;
    }

    /// <summary>The full id, which jobs are submitted to.</summary>
    public override string ToString() => Path is null ? App : $"{App}/{Path}";

    private static FalEndpointId? ParseOldForm(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || dash == id.Length - 1)
            return null;
        foreach (var character in id.AsSpan(0, dash))
        {
            if (!char.IsAsciiDigit(character))
                return null;
        }
        foreach (var character in id.AsSpan(dash + 1))
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '-')
                return null;
        }
        return new FalEndpointId(null, id[..dash], id[(dash + 1)..], null);
    }

    // The id becomes a path, so nothing that could leave it is accepted: no dot segments, escapes, queries or hosts.
    private static bool IsPart(string part)
    {
        if (part is "" or "." or "..")
            return false;
        foreach (var character in part)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.' or '~' or '@' or '+'))
                return false;
        }
        return true;
    }
}
