using System.Buffers;

namespace Zoetrope.Fal;

/// <summary>Writes the header with the tags of a job, which is a list of pairs.</summary>
internal static class FalTags
{
    private const int Most = 10;
    private const int LongestName = 64;
    private const int LongestValue = 256;
    private const int Longest = 1024;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>The value of the header.</summary>
    /// <exception cref="ArgumentException">fal takes no such tags.</exception>
    public static string Write(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > Most)
            throw Refused($"fal takes at most {Most} tags, not {tags.Count}.");
        foreach (var (name, value) in tags)
        {
            if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(OfNames))
                throw Refused($"The name of the tag '{name}' must have at most {LongestName} characters of a-z, 0-9, '.', '_' and '-'.");
            if (name.StartsWith("fal.", StringComparison.Ordinal))
                throw Refused($"The tag '{name}' must not begin with 'fal.', which is reserved.");
            if (value.Length > LongestValue || value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Contains(',', StringComparison.Ordinal))
                throw Refused($"The value of the tag '{name}' must have at most {LongestValue} printable ASCII characters other than a comma.");
        }
        var text = string.Join(',', tags.Select(static tag => $"{tag.Key}={tag.Value}"));
        return text.Length <= Longest ? text : throw Refused($"All tags together must have at most {Longest} characters, not {text.Length}.");
    }

    private static ArgumentException Refused(string problem) => new(problem, nameof(FalSubmitOptions.Tags));
}
