using System.Text;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>Many locations of a body are looked at together: the key is found at each of them, and nothing else is.</summary>
public sealed class KeyInLargeBodyTests
{
    private const string Key = "id-1234567890:secret-abcdefgh";

    public static TheoryData<string> Spellings =>
    [
        Key,
        Key.ToUpperInvariant(),
        Key.Replace(":", "\\u003a", StringComparison.Ordinal),
        "\\u0069" + Key[1..],
        "i\\u0064" + Key[2..],
        "id\\u002D" + Key[3..],
        "id-\\u0031" + Key[4..],
        "\\u0069\\u0064\\u002d\\u0031" + Key[4..],
        "%69%64" + Key[2..],
        "&#105;&#x64;&hyphen;1" + Key[4..],
        "i\u200Bd" + Key[2..],
        "id-\\u200b\\n1" + Key[4..],
        "i\\nd\u0000" + Key[2..],
        Convert.ToHexString(Encoding.UTF8.GetBytes(Key)),
        string.Join(':', Encoding.UTF8.GetBytes(Key).Select(unit => $"{unit:x2}")),
        string.Join(' ', Convert.ToHexString(Encoding.UTF8.GetBytes(Key)).ToCharArray()),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(" " + Key))[2..],
        "secret-abcdefgh",
        "secret%2Dabcdefgh",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task The_key_is_found_wherever_it_begins(string spelling)
    {
        // What is around must not be taken for characters of the key.
        var bodies = Enumerable.Range(0, 70).Select(before => $"<{new string('.', before)} {spelling} {new string('.', 69 - before)}>").ToList();
        await using var server = new FakeServer([.. bodies.Select(body => Reply(200, body))]);
        using var transport = TestTransport.Create(server.Url);

        foreach (var body in bodies)
        {
            var response = await transport.SendAsync(TestTransport.Get(server.Url), default);
            var text = Encoding.UTF8.GetString(response.Body.Span);

            Assert.Matches(@"^<\.* \S{0,2}\*\*\*\S{0,3} \.*>$", text);
            Assert.Equal(69, text.Count(unit => unit == '.'));
        }
    }

    [Theory]
    [InlineData("\\u00e9\\n\\\"\\ud83d\\ude00abc")]
    [InlineData("id\\n s\\u00e9 i\\ud83d\\ude00")]
    [InlineData("caf\u00E9 \u5B57id\u00E9 ")]
    [InlineData("id-1234 secret id: ")]
    [InlineData("\\\\")]
    [InlineData("\\u200b\\u200bs")]
    [InlineData("%69 & %zz &amp; ")]
    public async Task What_is_spelled_nearly_so_stays(string piece)
    {
        var text = new StringBuilder("{\"text\":\"");
        while (text.Length < 200_000)
            text.Append(piece);
        var json = Encoding.UTF8.GetBytes(text.Append("\"}").ToString());
        await using var server = new FakeServer(Reply(200, text.ToString()));
        using var transport = TestTransport.Create(server.Url);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.True(response.Body.Span.SequenceEqual(json));
    }
}
