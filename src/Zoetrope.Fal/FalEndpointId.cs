using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Fal;

/// <summary>
/// The parts of an endpoint id such as <c>fal-ai/kling-video/o3/pro/image-to-video</c>. A job is submitted to the full id, but polled
/// at the app alone, which is <c>owner/alias</c>, preceded by the namespace for <c>workflows</c> and <c>comfy</c>.
/// </summary>
public sealed class FalEndpointId
{
    private readonly string _id;
    private readonly int _owner;
    private readonly int _alias;

    /// <param name="id">The full id.</param>
    /// <param name="owner">Where the owner begins.</param>
    /// <param name="alias">Where the alias begins.</param>
    /// <param name="end">Where the alias ends.</param>
    private FalEndpointId(string id, int owner, int alias, int end)
    {
        _id = id;
        _owner = owner;
        _alias = alias;
        App = id[..end];
    }

    /// <summary><c>workflows</c> or <c>comfy</c>; null for all others.</summary>
    public string? Namespace => _owner == 0 ? null : _id[..(_owner - 1)];

    /// <summary>The owner, such as <c>fal-ai</c>.</summary>
    public string Owner => _id[_owner..(_alias - 1)];

    /// <summary>The app's name, such as <c>kling-video</c>.</summary>
    public string Alias => App[_alias..];

    /// <summary>The rest, such as <c>o3/pro/image-to-video</c>; null if there is none.</summary>
    public string? Path => App.Length == _id.Length ? null : _id[(App.Length + 1)..];

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
        foreach (var part in id.AsSpan().Split('/'))
        {
            if (!IsPart(id.AsSpan(part)))
                return false;
        }
        if (!id.Contains('/', StringComparison.Ordinal))
        {
            parsed = ParseOldForm(id);
            return parsed is not null;
        }
        var owner = id.StartsWith("workflows/", StringComparison.Ordinal) || id.StartsWith("comfy/", StringComparison.Ordinal)
            ? id.IndexOf('/', StringComparison.Ordinal) + 1
            : 0;
        var alias = id.IndexOf('/', owner) + 1;
        if (alias == 0)
            return false;
        var end = id.IndexOf('/', alias);
        parsed = new FalEndpointId(id, owner, alias, end < 0 ? id.Length : end);
        return true;
    }

    /// <summary>The full id, which jobs are submitted to.</summary>
    public override string ToString() => _id;

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
        return new FalEndpointId($"{id.AsSpan(0, dash)}/{id.AsSpan(dash + 1)}", 0, dash + 1, id.Length);
    }

    /// <summary>Whether a text can be a part of a path that does not leave it: no dot segment, escape, query or host.</summary>
    internal static bool IsPart(ReadOnlySpan<char> part)
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
