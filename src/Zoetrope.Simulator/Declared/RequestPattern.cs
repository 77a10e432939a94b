using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Zoetrope.Simulator.Http;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>Recognizes the requests that a template of a declaration describes, and reads the values in them.</summary>
internal sealed class RequestPattern
{
    private readonly string _method;
    private readonly Regex _path;
    private readonly List<(string Name, TemplatePart Value)> _query = [];
    private readonly RequestTemplate _template;

    public RequestPattern(RequestTemplate template)
    {
        _template = template;
        _method = template.Method;
        var path = new StringBuilder("^");
        var name = "";
        var isPath = true;
        foreach (var part in template.Path)
        {
            if (part.Kind != PartKind.Text)
            {
                if (isPath)
                    path.Append(CultureInfo.InvariantCulture, $"(?<{Key(part)}>{(part.Kind == PartKind.Model ? ".+" : "[^/]+")})");
                else
                    _query.Add((name, part));
                continue;
            }
            var mark = isPath ? part.Text.IndexOf('?', StringComparison.Ordinal) : -1;
            var (ofPath, ofQuery) = !isPath ? ("", part.Text) : mark < 0 ? (part.Text, "") : (part.Text[..mark], part.Text[(mark + 1)..]);
            path.Append(Regex.Escape(Uri.UnescapeDataString(ofPath)));
            isPath &= mark < 0;
            // A pair without a value is followed by the part that is its value.
            foreach (var pair in ofQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            {
                name = Uri.UnescapeDataString(pair[0]);
                if (pair is [_, { Length: > 0 } text])
                    _query.Add((name, new(PartKind.Text, Uri.UnescapeDataString(text))));
            }
        }
        _path = new(path.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>The name of a part's value among those that a request has.</summary>
    public static string Key(TemplatePart part) => part.Kind == PartKind.ModelSegment
        ? "segment" + part.Index.ToString(CultureInfo.InvariantCulture)
        : part.Kind.ToString().ToLowerInvariant();

    /// <summary>The values in a request, by <see cref="Key"/>; null where it is another request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Its path at the provider.</param>
    public Dictionary<string, string>? Match(IncomingRequest request, string path)
    {
        if (request.Method != _method || _path.Match(path) is not { Success: true } match)
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in match.Groups.Values.Skip(1))
            // The server decodes all but the slash.
            values[group.Name] = group.Value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var pairs = _query.Select(pair => (pair.Value, Given: request.Query(pair.Name)));
        if (_template.Members.Count > 0)
        {
            var body = request.ReadJson(out _) as JsonObject;
            pairs = pairs.Concat(_template.Members.Select(member => (member.Value, Given: LooseJson.TextOf(body?[member.Name]))));
        }
        return pairs.All(pair => Take(values, pair.Value, pair.Given)) ? values : null;
    }

    private static bool Take(Dictionary<string, string> values, TemplatePart part, string? given)
    {
        if (string.IsNullOrEmpty(given))
            return false;
        if (part.Kind == PartKind.Text)
            return part.Text == given;
        return values.TryAdd(Key(part), given) || values[Key(part)] == given;
    }
}
