using System.Diagnostics;
using System.Text;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Generator.Tests;

/// <summary>Patterns are those of ECMAScript with the u flag, whose characters are code points; compiled and run.</summary>
public class PatternTests
{
    // Each pattern with what it takes, what it refuses, and null where it is not checked.
    private static readonly (string Pattern, string[] Valid, string[]? Invalid)[] Cases =
    [
        ("^.{1,3}$", ["😀😀😀", "a😀b", "é"], ["😀😀😀😀", "abcd", "", "a\n"]),
        ("^.$", ["😀", "a"], ["😀a", "\n", "\u2028"]),
        ("^[^a]{2}$", ["😀b", "😀😀"], ["😀a", "😀", "😀😀😀"]),
        ("^[^😀]$", ["😁", "a", "𐀀"], ["😀", "ab"]),
        ("^[😀-😂]+$", ["😀😁😂"], ["😃", "a", ""]),
        ("^[a😀]{2}$", ["a😀", "😀😀"], ["a", "😁a"]),
        ("^😀+$", ["😀😀"], ["😀a", "\ud83d\ude01"]),
        ("^\\u{1F600}{2}$", ["😀😀"], ["😀"]),
        ("^\\uD83D\\uDE00?$", ["😀", ""], ["😁"]),
        ("^\\u0041\\x42\\cI\\0$", ["AB\t\0"], ["AB"]),
        ("^\\S\\D\\W$", ["😀😀😀", "a! "], ["😀😀a", "1 1"]),
        ("^[\\W\\d]+$", ["😀1 "], ["a"]),
        ("^\\d+$", ["12"], ["١", "1a", "1\n"]),
        ("^\\w+$", ["a_1"], ["é", "😀"]),
        ("^\\s+$", [" \t\u00a0\u3000\ufeff"], ["a", ""]),
        ("\\bcat\\b", ["a cat", "écaté", "😀cat😀"], ["cats", "_cat"]),
        ("^\\p{L}+$", ["aé𝒜"], ["1", "a1"]),
        ("^\\p{Letter}\\p{gc=Nd}$", ["é1", "é١"], ["11"]),
        ("^[\\p{Lu}\\d]+$", ["É1"], ["é"]),
        ("^\\P{L}+$", ["1😀"], ["a"]),
        ("^[^\\p{L}]+$", ["1😀"], ["a"]),
        ("^[\\w.-]+@[\\w-.]+$", ["a.b@c-d.e"], ["a@😀"]),
        ("/^[A-Z]{2}$/", ["anything"], null),
        ("/^[a-z]+/i", ["anything"], null),
        ("^/[a-z]+/$", ["/a/"], ["a"]),
        ("^a{,3}$", ["anything"], null),
        ("^{a}$", ["{a}"], ["a"]),
        ("^(?<year>[0-9]{4})$", ["2026"], ["26"]),
        ("^(?!.*😀).*$", ["a😁"], ["a😀b", "😀"]),
        ("(?<=😀)b$", ["😀b"], ["ab", "b"]),
        ("^(?!\\p{L})", ["a"], null),
        ("^[a&&b]$", ["z"], null),
        ("^[[a]]$", ["z"], null),
        ("^(a)\\1$", ["z"], null),
        ("^(?i)a$", ["z"], null),
        ("^\\p{Script=Latin}$", ["1"], null),
        ("^[b-a]$", ["z"], null),
        ("^\\ud800$", ["z"], null),
        ("^#[0-9a-f]{6} \\/\\-\\_$", ["#00ff00 /-_"], ["#00ff0 /-_"]),
        ("^[\\u0000-\\u{10FFFF}]{2}$", ["😀😀", "ab"], ["😀", "abc"]),
        ("^[\\u{10000}-\\u{10FFFF}]$", ["😀", "\U0010FFFF"], ["a", ""]),
        ("^[\\u{1F5FF}-\\u{1F8FF}]$", ["\U0001F5FF", "😀", "\U0001F8FF"], ["\U0001F5FE", "\U0001F900", "a"]),
    ];

    private static readonly Lazy<ModelEndpoint> _endpoint = new(() =>
    {
        var properties =
            string.Join(",", Cases.Select((one, i) => $$"""{{Documents.Quote("p" + i)}}:{"type":"string","pattern":{{Documents.Quote(one.Pattern)}}}"""));
        var slow = """,{"type":"array","items":{"type":"string","pattern":"^(a+)+$"}}""";
        return Generated.Endpoint(
            new Project([Documents.FalOpenApi("fal-ai/patterns", $"{{{properties},\"slow\":{slow[1..]}}}")]).Run().Load(),
            "Demo.Models.Patterns");
    });

    public static TheoryData<int> All => new(Enumerable.Range(0, Cases.Length));

    [Theory]
    [MemberData(nameof(All))]
    public void A_pattern_counts_characters_and_takes_what_services_take(int index)
    {
        var (pattern, valid, invalid) = Cases[index];

        foreach (var value in valid)
            Assert.True(IsValid(index, value), $"{pattern} refuses {value}");
        foreach (var value in invalid ?? [])
            Assert.False(IsValid(index, value), $"{pattern} takes {value}");
    }

    [Fact]
    public void All_patterns_of_a_request_share_one_budget_and_what_is_left_is_not_refused()
    {
        var slow = Documents.Quote(new string('a', 40) + "!");
        var input = RawJson.Parse($"{{\"p12\":\"12\",\"slow\":[{string.Join(",", Enumerable.Repeat(slow, 300))}]}}");

        var start = Stopwatch.GetTimestamp();
        Assert.True(_endpoint.Value.Validate(input).IsValid);

        // Each for itself would take a minute.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.False(IsValid(12, "x"));
    }

    [Fact]
    public void A_long_text_is_matched_without_much_memory()
    {
        var input = RawJson.Parse($$"""{"p2":"{{new string('b', 1_000_000)}}","p16":"{{string.Concat(Enumerable.Repeat("é𝒜", 100_000))}}"}""");

        Assert.Equal("p2", Assert.Single(_endpoint.Value.Validate(input).Issues).Path);
    }

    private static bool IsValid(int index, string value)
    {
        var json = new StringBuilder();
        foreach (var unit in value)
            json.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        return _endpoint.Value.Validate(RawJson.Parse($"{{\"p{index}\":\"{json}\"}}")).IsValid;
    }
}
