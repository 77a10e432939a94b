using System.Text.Json;

namespace Zoetrope.Specs.Tests;

/// <summary>Writes random JSON documents, with odd names, escapes, numbers and white space.</summary>
internal static class RandomJson
{
    private static readonly string[] _texts =
        ["", "a", "Hélène (fr)", "16:9", "tab\tnew\nline", "quote\"back\\slash", "😀", "a/b~c", "\u0001", "</script>", "Hope "];

    private static readonly string[] _numbers = ["0", "-0", "12", "-3.50", "1e5", "2E-10", "17454220438242315174", "0.1e+7"];

    public static string Write(Random random) => Write(random, 4);

    private static string Write(Random random, int depth)
    {
        var space = random.Next(4) == 0 ? " \n" : "";
        return random.Next(depth == 0 ? 4 : 7) switch
        {
            0 => _numbers[random.Next(_numbers.Length)],
            1 => random.Next(2) == 0 ? "true" : "false",
            2 => "null",
            3 => Text(random),
            4 => "[" + space + string.Join("," + space, Items(random, depth)) + space + "]",
            _ => "{" + space + string.Join(
                space + ",",
                Items(random, depth).Select((item, index) => Quote(_texts[random.Next(_texts.Length)] + index, random) + space + ":" + item)) + "}",
        };
    }

    private static IEnumerable<string> Items(Random random, int depth) =>
        Enumerable.Range(0, random.Next(12)).Select(_ => Write(random, depth - 1)).ToArray();

    private static string Text(Random random) => Quote(_texts[random.Next(_texts.Length)], random);

    private static string Quote(string text, Random random) => JsonSerializer.Serialize(text, new JsonSerializerOptions
    {
        Encoder = random.Next(2) == 0
            ? System.Text.Encodings.Web.JavaScriptEncoder.Default
            : System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Damages texts.</summary>
internal static class Mutation
{
    /// <summary>Deletes, inserts, replaces, repeats and moves pieces.</summary>
    public static string Mutate(string text, Random random, string alphabet, int count)
    {
        for (var i = 0; i < count && text.Length > 0; i++)
        {
            var offset = random.Next(text.Length);
            var length = Math.Min(text.Length - offset, random.Next(3) == 0 ? random.Next(1, 40) : 1);
            var letter = alphabet[random.Next(alphabet.Length)].ToString();
            text = random.Next(5) switch
            {
                0 => text.Remove(offset, length),
                1 => text.Insert(offset, letter),
                2 => text.Remove(offset, 1).Insert(offset, letter),
                3 => text.Insert(random.Next(text.Length), text.Substring(offset, length)),
                _ => text.Substring(offset, length) + text.Remove(offset, length),
            };
        }
        return text;
    }
}
