using System.Text.RegularExpressions;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>Words that conditions compare one value of a response with.</summary>
internal sealed class PollingConditions
{
    // "$response.body#/status == 'done'"; quotes may be missing around the only comparison.
    private static readonly Regex _expression = new(
        @"\$response\.body#(?<pointer>/[^\s=!<>]+)\s*==\s*(?:'(?<word>[^']+)'|""(?<word>[^""]+)""|(?<word>[^\s'""&|)]+))", Options, TimeSpan.FromSeconds(1));

    // "$.status == 'done'", "$[?@.status == 'done']" and "$[?(@.status == 'done')]".
    private static readonly Regex _jsonPath = new(
        @"[$@](?<path>(?:\.[A-Za-z_][\w-]*)+)\s*==\s*(?:'(?<word>[^']+)'|""(?<word>[^""]+)"")", Options, TimeSpan.FromSeconds(1));

    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private const string Body = "$response.body";

    /// <summary>The value; null where no condition compares one.</summary>
    public string? Pointer { get; private set; }

    /// <summary>The words of a list of criteria; those of other values than the first one are left out.</summary>
    public List<string> WordsOf(JsonNode criteria)
    {
        var words = new List<string>();
        foreach (var criterion in criteria)
        {
            var (context, condition) = (criterion["context"].String, criterion["condition"].String ?? "");
            foreach (Match match in _expression.Matches(condition))
                Add(match.Groups["pointer"].Value, match);
            // A context is the body, or a part of it.
            if (context is null || !context.StartsWith(Body, StringComparison.Ordinal) || condition.Contains(Body))
                continue;
            var parent = context.Length > Body.Length && context[Body.Length] == '#' ? context.Substring(Body.Length + 1) : "";
            foreach (Match match in _jsonPath.Matches(condition))
                Add(parent + match.Groups["path"].Value.Replace('.', '/'), match);
        }
        return words;

        void Add(string pointer, Match match)
        {
            Pointer ??= pointer;
            if (pointer == Pointer && !words.Contains(match.Groups["word"].Value))
                words.Add(match.Groups["word"].Value);
        }
    }
}
