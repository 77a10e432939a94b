using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Zoetrope.Simulator.Validation;

/// <summary>Finds the location of a path of NJsonSchema (<c>#/multi_prompt[1].prompt</c>).</summary>
internal static class JsonLocation
{
    /// <summary>
    /// Walks along the request itself, because member names may contain the path's own punctuation. The value of a member that is not there
    /// is its would-be parent.
    /// </summary>
    public static (List<object> Location, JToken Value) Find(JToken root, string? path)
    {
        var location = new List<object>();
        var value = root;
        var rest = path is null ? "" : path.StartsWith("#/", StringComparison.Ordinal) ? path[2..] : path;
        while (rest.Length > 0)
        {
            if (value is JArray array && Index(rest) is var (index, length) && index < array.Count)
            {
                location.Add(index);
                value = array[index];
                rest = rest[length..].TrimStart('.');
                continue;
            }
            var (name, spelled) = value is JObject members ? Name(members, rest) : default;
            location.Add(name ?? rest);
            if (name is null)
                break;
            value = value[name]!;
            rest = rest[spelled..];
            if (rest.StartsWith('.'))
                rest = rest[1..];
        }
        return (location, value);
    }

    private static (int Index, int Length)? Index(string rest)
    {
        var end = rest.IndexOf(']');
        return rest[0] == '[' && end > 0 && int.TryParse(rest.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (index, end + 1)
            : null;
    }

    /// <summary>The member that the path goes on with, and how many characters it takes there. Names with punctuation are <c>['quoted']</c>.</summary>
    private static (string? Name, int Spelled) Name(JObject members, string rest) => members.Properties()
        .SelectMany(member => new[] { member.Name, $"[{JsonConvert.ToString(member.Name, '\'')}]" }.Select(text => ((string?)member.Name, text)))
        .Where(one => one.text.Length > 0
            && rest.StartsWith(one.text, StringComparison.Ordinal)
            && (rest.Length == one.text.Length || rest[one.text.Length] is '.' or '['))
        .Select(one => (one.Item1, one.text.Length))
        .OrderByDescending(one => one.Length)
        .FirstOrDefault();
}
