using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Zoetrope.Agreement.Tests;

/// <summary>One thing that is put into an instance as JSON text: instead of a value, or as a member beside others.</summary>
/// <param name="Location">Which of the instance's locations; taken modulo their number.</param>
/// <param name="Name">The member's name as JSON text, or null for what replaces a value.</param>
/// <param name="Json">The JSON.</param>
internal sealed record Noise(int Location, string? Name, string Json)
{
    private static readonly Gen<string> _numbers = Gen.Elements(
        "0", "-0", "5.0", "1e2", "9223372036854775808", "-9223372036854775809", "17454220438242315174", "170141183460469231731687303715884105728",
        "1234567890123456789012345678901234567890123456789", "0.1000000000000000055511151231257827", "3.14159265358979323846264338327950288", "1.50", "1E400", "-1e-400", "100000000000000000000.5",
        "2.2250738585072011e-308", "0.30000000000000004", "1e16", "12345678901234567e3");

    private static readonly Gen<string> _texts = Gen.Elements(
        "\"\"", "\"new value\"", "\"16:9 \"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"a\\udc00b\"", "\"\\u0000\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"é中😀\u2028\"", "\"https://example.com/a.png\"", "\"data:,x\"");

    private static readonly Gen<string> _names = Gen.Elements(
        "\"new\"", "\"\"", "\"q\\\"uote\"", "\"back\\\\slash\"", "\"é中😀\"", "\"\\u0070rompt\"", "\"url\"", "\"prompt\"", "\"seed\"", "\"type\"", "\"a b\"", "\"$ref\"", "\"ExtraProperties\"", "\"\\ud83d\\ude00\"");

    /// <summary>Any JSON.</summary>
    public static Gen<string> AnyJson { get; } = JsonTo(3);

    /// <summary>What is put into one instance.</summary>
    public static Arbitrary<Noise[]> Several { get; } = Arb.From(
        (from location in Gen.Choose(0, 1000)
         from name in Gen.OneOf(Gen.Constant<string?>(null), _names.Select(text => (string?)text))
         from json in AnyJson
         select new Noise(location, name, json)).NonEmptyListOf().Select(list => list.ToArray()),
        Shrink);

    /// <summary>The instance with all of it in it, as JSON text.</summary>
    public static string Into(JsonNode instance, IReadOnlyList<ValueLocation> locations, IReadOnlyList<Noise> noises)
    {
        var root = instance.DeepClone();
        var marks = new List<(string Mark, string Text)>();
        foreach (var noise in noises)
        {
            var path = locations[noise.Location % locations.Count].Path;
            var mark = "@@" + marks.Count.ToString(CultureInfo.InvariantCulture) + "@@";
            if (noise.Name is null ? !TryReplace(root, path, mark) : !TryAdd(root, path, mark))
                continue;
            marks.Add(noise.Name is null ? ($"\"{mark}\"", noise.Json) : ($"\"{mark}\":null", $"{noise.Name}:{noise.Json}"));
        }
        var text = root.ToJsonString();
        foreach (var (mark, replacement) in marks)
            text = text.Replace(mark, replacement, StringComparison.Ordinal);
        return text;
    }

    private static bool TryReplace(JsonNode root, IReadOnlyList<object> path, string mark)
    {
        if (path.Count == 0 || !TryFind(root, path.SkipLast(1), out var parent))
            return false;
        if (parent is JsonObject members && path[^1] is string name && members.ContainsKey(name))
            members[name] = mark;
        else if (parent is JsonArray items && path[^1] is int index && index < items.Count)
            items[index] = mark;
        else
            return false;
        return true;
    }

    private static bool TryAdd(JsonNode root, IReadOnlyList<object> path, string mark)
    {
        if (!TryFind(root, path, out var found) || found is not JsonObject members)
            return false;
        members[mark] = null;
        return true;
    }

    private static bool TryFind(JsonNode root, IEnumerable<object> path, out JsonNode? found)
    {
        found = root;
        foreach (var part in path)
        {
            found = found switch
            {
                JsonObject members when part is string name => members[name],
                JsonArray items when part is int index && index < items.Count => items[index],
                _ => null,
            };
        }
        return found is not null;
    }

    private static Gen<string> JsonTo(int depth)
    {
        var scalar = Gen.OneOf(_numbers, _texts, Gen.Elements("null", "true", "false", "{}", "[]"));
        if (depth == 0)
            return scalar;
        var inner = JsonTo(depth - 1);
        var arrays = inner.ListOf().Select(items => $"[{string.Join(",", items.Take(4))}]");
        var objects =
            _names.Zip(inner).ListOf().Select(members => $"{{{string.Join(",", members.Take(4).Select(member => $"{member.Item1}:{member.Item2}"))}}}");
        return Gen.Frequency((4, scalar), (1, arrays), (1, objects));
    }

    private static IEnumerable<Noise[]> Shrink(Noise[] noises) =>
        noises.Length < 2 ? [] : Enumerable.Range(0, noises.Length).Select(left => noises.Where((_, i) => i != left).ToArray());
}
