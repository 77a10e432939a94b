using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The key is found in random mixtures of spellings, with random characters between its own that nobody sees, wherever in a body it is.</summary>
public sealed class KeyInRandomSpellingTests
{
    private const int EchoesPerBody = 300;
    private const string Unusual = "&%\\aA1-b";
    private const string Usual = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:+/=~!$'()*,;@#?[]{}|^`<>";

    private static readonly string[] Unseen =
    [
        "\r\n", "\t", "\u200b", "\u00ad", "\u2028", "\ufeff", "\u001b", "\\n", "\\r\\n", "\\t", "\\b", "\\f", "\\v", "\\0", "\\\n",
        "\\u0000", "\\u200b", "\\u00ad", "&shy;", "&ZeroWidthSpace;", "&NewLine;", "&#8203;", "&#10;", "%0A", "%0D%0A", "%00",
        "%E2%80%8B", "%c2%ad", "%25E2%2580%258B", "\\xE2\\x80\\x8B", "%EF%BB%BF",
    ];

    private static readonly Func<char, string>[] Spellings =
    [
        static c => c.ToString(), static c => $"\\u{(int)c:x4}", static c => $"\\u{(int)c:X4}", static c => $"\\\\u{(int)c:x4}", static c => $"\\x{(int)c:x2}",
        static c => $"\\u{{{(int)c:x}}}", static c => $"\\u{{0000{(int)c:X2}}}", static c => $"%{(int)c:X2}", static c => $"%{(int)c:x2}",
        static c => $"%25{(int)c:X2}",
        static c => $"%2525{(int)c:X2}", static c => $"&#{(int)c};", static c => $"&#0{(int)c};", static c => $"&#x{(int)c:x};", static c => $"&#X{(int)c:X4};",
        static c => $"&amp;#{(int)c};", static c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"\\{c}",
        static c => char.IsAsciiLetter(c) ? ((char)(c ^ 0x20)).ToString() : c.ToString(),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(Seeded.Seed, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task It_is_found_whole(int seed)
    {
        var random = new Random(seed);
        var key = KeyOf(random);
        var echoes = Enumerable.Range(0, EchoesPerBody).Select(_ => new string(' ', random.Next(40)) + Spell(random, key)).ToList();
        await using var server = new FakeServer(Reply(200, string.Join("\n\n--\n\n", echoes)));

        using var transport = Transport(server, key);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        var left = Encoding.UTF8.GetString(response.Body.Span).Split("\n\n--\n\n");
        Assert.Equal(echoes.Count, left.Length);
        Assert.All(left.Zip(echoes), pair => Assert.True(pair.First.Trim() == "***", $"the key {key} is left of {pair.Second}: {pair.First}"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\\u00")]
    [InlineData("&ZeroWidthSpac")]
    [InlineData("&amp;#x4")]
    [InlineData("&amp;amp;amp;#x4")]
    [InlineData("%E2%80")]
    [InlineData("\\n\\n")]
    public async Task A_part_of_it_is_found_where_a_body_is_cut_before_its_next_character(string end)
    {
        const string Key = "AbCd+eF/gh-I12_345-xYz.890";
        var body = "key: " + Key[..12] + end;
        await using var server = new FakeServer(Raw($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length + 20}\r\n\r\n{body}"));
        using var transport = Transport(server, Key);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.StartsWith("key: ***", Encoding.UTF8.GetString(exception.Body.Span), StringComparison.Ordinal);
    }

    private static string KeyOf(Random random)
    {
        var signs = random.Next(4) switch
        {
            0 => Unusual,
            1 => "ab",
            2 => "0123456789abcdef",
            _ => Usual,
        };
        return "k" + string.Concat(Enumerable.Range(0, random.Next(8, 50)).Select(_ => signs[random.Next(signs.Length)])) + "z";
    }

    private static string Spell(Random random, string key)
    {
        // In one spelling throughout, or, where that can be read in one way only, in another one for each character.
        var isUsual = key.AsSpan().IndexOfAny("&%\\") < 0;
        var one = Spellings[random.Next(isUsual ? Spellings.Length : 1)];
        var isMixed = isUsual && random.Next(2) == 0;
        var text = new StringBuilder();
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0 && random.Next(6) == 0)
                text.Append(Unseen[random.Next(Unseen.Length)]);
            text.Append((isMixed ? Spellings[random.Next(Spellings.Length)] : one)(key[i]));
        }
        return text.ToString();
    }

    private static Zoetrope.Http.Transport Transport(FakeServer server, string key) =>
        new("test", new MediaClientOptions { BaseUrl = server.Url }, new CommonErrorReader(), new TrustedHosts(), new AuthHeader("X-API-Key", key));
}
