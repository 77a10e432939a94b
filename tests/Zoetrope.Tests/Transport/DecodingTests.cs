using System.Buffers;
using System.IO.Compression;
using System.Text;
using Zoetrope.Errors;

namespace Zoetrope.Tests;

/// <summary>gzip, deflate and br are undone by code of our own: against .NET's encoders, in pieces of any size, whole, cut off and damaged.</summary>
public sealed class DecodingTests
{
    public static TheoryData<string, string, int> Bodies
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var content in (string[])["words", "JSON", "noise", "few bytes", "waves", "zeros", "short", "repeats far away"])
            {
                for (var level = 0; level <= 3; level++)
                {
                    data.Add("gzip", content, level);
                    data.Add("deflate", content, level);
                    data.Add("deflate raw", content, level);
                }
                for (var quality = 0; quality <= 11; quality++)
                    data.Add("br", content, quality);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_an_encoder_makes_is_undone(string coding, string content, int level)
    {
        var random = new Random(level + content.Length);
        var plain = Content(content, random);
        // The best qualities take long.
        int[] windows = coding == "br" && level < 10 ? [10, 17, 24] : [22];
        foreach (var window in windows)
        {
            var coded = Encode(coding, plain, level, window, random);

            Assert.Equal(plain, await ReadAsync(coding, coded, random));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("deflate raw")]
    [InlineData("br")]
    public async Task A_body_that_breaks_off_does_not_pass_for_a_whole_one(string coding)
    {
        var random = new Random(5);
        var plain = Content("words", random);
        var coded = Encode(coding, plain, 3, 22, random);

        foreach (var cut in (int[])[1, 2, 5, 9, 100, coded.Length / 2])
        {
            var exception = await Assert.ThrowsAsync<TransportException>(() => ReadAsync(coding, coded[..^cut], random));
            Assert.Contains("is truncated", exception.Message);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("deflate raw")]
    [InlineData("br")]
    public async Task A_damaged_body_is_what_it_is_to_NET_or_an_error(string coding)
    {
        var random = new Random(6);
        var coded = Encode(coding, Content("words", random), 3, 22, random);

        for (var round = 0; round < 60; round++)
        {
            var damaged = (byte[])coded.Clone();
            for (var i = 0; i <= round % 4; i++)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            byte[]? content = null;
            var exception = await Record.ExceptionAsync(async () => content = await ReadAsync(coding, damaged, random));
            // What does not begin like a compressed body passes for a plain one.
            if (exception is null)
                Assert.True(content!.AsSpan().SequenceEqual(damaged) || content.AsSpan().SequenceEqual(Decode(coding, damaged)), $"round {round}");
            else
                Assert.Contains($"its compressed content ({coding.Split(' ')[0]})", Assert.IsType<TransportException>(exception).Message);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("deflate raw")]
    [InlineData("br")]
    public async Task A_body_may_come_byte_by_byte(string coding)
    {
        var random = new Random(7);
        // Several blocks, which all have codes of their own.
        byte[] plain = [.. Content("JSON", random)[..6000], .. Content("words", random)[..6000], .. Content("waves", random)[..6000]];
        var coded = Encode(coding, plain, coding == "br" ? 9 : 3, 22, random);

        Assert.Equal(plain, await ReadAsync(coding, coded, random, longestPiece: 1));
    }

    [Fact]
    public async Task Every_word_of_Brotli_and_every_change_of_words_is_known()
    {
        // How many bits number the words of each length, from 4 to 24 (RFC 7932 appendix A).
        int[] bits = [10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5];
        var words = new BrotliWords();
        for (var length = 4; length <= 24; length++)
        {
            var count = 1 << bits[length - 4];
            for (var number = 0; number < count; number++)
                words.Write(length, number, length);
            // Some of all kinds: the last ones of a length are not in Latin letters most of the time.
            for (var change = 1; change < BrotliWords.Changes; change++)
            {
                for (var word = change; word < count; word += (count / 4) + 7)
                {
                    var number = (change * count) + word;
                    words.Write(length, number, BrotliWords.LengthOf(length, number));
                }
            }
        }
        var coded = words.ToArray();

        var content = await ReadAsync("br", coded, new Random(8));

        Assert.Equal(words.Total, content.Length);
        Assert.Equal(Decode("br", coded), content);
    }

    [Fact]
    public async Task A_window_that_br_does_not_have_is_an_error()
    {
        // What the reference encoder writes with --large_window=30, before the same meta-block that is the last one, and empty.
        var exception = await Assert.ThrowsAsync<TransportException>(() => ReadAsync("br", [0x11, 0xDE, 0x00, 0x00], new Random(1)));

        Assert.Contains("it is compressed with a large window, which the coding br does not allow", exception.Message);
    }

    [Fact]
    public async Task A_gzip_member_that_breaks_off_after_another_one_is_an_error()
    {
        var member = Coded.Encode("gzip", "abc"u8.ToArray());

        foreach (var length in (int[])[2, 5, 11, member.Length - 1])
        {
            var exception = await Assert.ThrowsAsync<TransportException>(() => ReadAsync("gzip", [.. member, .. member[..length]], new Random(length)));
            Assert.Contains("its compressed content (gzip) is truncated", exception.Message);
        }
    }

    [Fact]
    public async Task Many_short_gzip_members_are_one_body()
    {
        var member = Coded.Encode("gzip", "abc"u8.ToArray());
        var random = new Random(3);

        var content = await ReadAsync("gzip", [.. Enumerable.Repeat(member, 20_000).SelectMany(static one => one), .. new byte[512]], random);

        Assert.Equal(60_000, content.Length);
        Assert.Equal("abcabcabc", Encoding.ASCII.GetString(content[..9]));
    }

    [Theory]
    [InlineData("00010000000000000000001f8b08", "gzip")]
    [InlineData("1f8b08e0000000000000ff", "gzip")]
    [InlineData("1f8b0708000000000000ff", "gzip")]
    [InlineData("78bb0000000001", "deflate")]
    [InlineData("789c07", "deflate")]
    [InlineData("789c0101000000ff", "deflate")]
    [InlineData("789ced0000000000000000000000000000000000", "deflate")]
    [InlineData("91ffff", "br")]
    public async Task What_is_not_a_valid_body_is_damaged_or_plain(string hex, string coding)
    {
        var body = Convert.FromHexString(hex);

        var exception = await Record.ExceptionAsync(() => ReadAsync(coding, body, new Random(1)));

        Assert.True(exception is null or TransportException, exception?.ToString());
    }

    [Fact]
    public async Task A_gzip_head_may_have_everything()
    {
        var member = Coded.Encode("gzip", "abc"u8.ToArray());
        // An extra field, a name, a comment and a sum of the head.
        byte[] full = [0x1F, 0x8B, 8, 0x1F, .. member[4..10], 3, 0, 1, 2, 3, .. "name"u8, 0, .. "comment"u8, 0, 1, 2, .. member[10..]];

        Assert.Equal("abcabc", Encoding.ASCII.GetString(await ReadAsync("gzip", [.. full, .. member, .. "and more"u8], new Random(1))));
    }

    // .NET's decoders are the judge.
    private static byte[] Decode(string coding, byte[] body)
    {
        using Stream decoder = coding switch
        {
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            "deflate" => new ZLibStream(new MemoryStream(body), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new DeflateStream(new MemoryStream(body), CompressionMode.Decompress),
        };
        var content = new MemoryStream();
        decoder.CopyTo(content);
        return content.ToArray();
    }

    private static async Task<byte[]> ReadAsync(string coding, byte[] body, Random random, int longestPiece = 40_000)
    {
        var name = coding.Split(' ')[0];
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\nContent-Length: {body.Length}\r\n\r\n");
            // In pieces, which end anywhere.
            for (var at = 0; at < body.Length;)
            {
                var length = Math.Min(body.Length - at, 1 + random.Next(Math.Min(longestPiece, at < 40 ? 5 : 40_000)));
                await exchange.WriteAsync(body[at..(at + length)]);
                at += length;
            }
        });
        using var client = DemoClient.At(server.Url);
        await using var response = await client.GetContentAsync("a");
        var content = new MemoryStream();
        var buffer = new byte[1 + random.Next(30_000)];
        int read;
        while ((read = await response.Stream.ReadAsync(buffer)) > 0)
            content.Write(buffer, 0, read);
        return content.ToArray();
    }

    private static byte[] Content(string kind, Random random)
    {
        var bytes = new byte[20_000 + random.Next(20_000)];
        switch (kind)
        {
            case "noise":
                random.NextBytes(bytes);
                return bytes;
            case "zeros":
                return new byte[200_000];
            case "few bytes":
                return [.. bytes.Select(_ => (byte)random.Next(3))];
            case "waves":
                return [.. bytes.Select((_, i) => (byte)((Math.Sin(i * 0.01) * 100) + random.Next(3)))];
            case "short":
                return "a"u8.ToArray();
            case "repeats far away":
                random.NextBytes(bytes);
                return [.. bytes, .. new byte[random.Next(40_000)], .. bytes, .. bytes[100..]];
            case "JSON":
                var items = Enumerable.Range(0, 600).Select(i => $$"""{"id":{{i}},"größe":"{{random.Next()}}","url":"https://files.example/{{i}}.mp4"}""");
                return Encoding.UTF8.GetBytes($"[{string.Join(',', items)}]");
            default:
                return Encoding.UTF8.GetBytes(Words(bytes.Length, random));
        }
    }

    // Brotli has a dictionary of such words, and of what is done to them.
    private static string Words(int length, Random random)
    {
        string[] words =
        [
            "time", "down", "life", "left", "back", "code", "data", "show", "only", "site", "information", "government", "the", "and",
            "university", "после", "für",
        ];
        string[] ends = [" ", ". ", ", ", " the ", "ing ", " of the ", "=\"", "\">", "\n\t", "ed ", " is ", "ly ", " from ", "(", "'s "];
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var word = words[random.Next(words.Length)];
            word = random.Next(6) switch
            {
                0 => char.ToUpperInvariant(word[0]) + word[1..],
                1 => word.ToUpperInvariant(),
                2 => word[..^1],
                3 => word[1..],
                _ => word,
            };
            text.Append(word).Append(ends[random.Next(ends.Length)]);
        }
        return text.ToString();
    }

    private static byte[] Encode(string coding, byte[] content, int level, int window, Random random)
    {
        var body = new MemoryStream();
        if (coding == "br")
        {
            EncodeBrotli(content, level, window, random, body);
            return body.ToArray();
        }
        using (Stream encoder = coding switch
        {
            "gzip" => new GZipStream(body, (CompressionLevel)level, leaveOpen: true),
            "deflate" => new ZLibStream(body, (CompressionLevel)level, leaveOpen: true),
            _ => new DeflateStream(body, (CompressionLevel)level, leaveOpen: true),
        })
        {
            foreach (var piece in content.Chunk(1 + random.Next(50_000)))
            {
                encoder.Write(piece);
                if (random.Next(3) == 0)
                    encoder.Flush();
            }
        }
        return body.ToArray();
    }

    private static void EncodeBrotli(byte[] content, int quality, int window, Random random, MemoryStream body)
    {
        var encoder = new BrotliEncoder(quality, window);
        var buffer = new byte[64 * 1024];
        foreach (var piece in content.Chunk(1 + random.Next(50_000)))
        {
            ReadOnlySpan<byte> left = piece;
            while (left.Length > 0)
            {
                encoder.Compress(left, buffer, out var taken, out var written, isFinalBlock: false);
                left = left[taken..];
                body.Write(buffer, 0, written);
            }
            while (random.Next(3) == 0 && encoder.Flush(buffer, out var flushed) is OperationStatus.Done or OperationStatus.DestinationTooSmall && flushed > 0)
                body.Write(buffer, 0, flushed);
        }
        OperationStatus status;
        do
        {
            status = encoder.Compress([], buffer, out _, out var written, isFinalBlock: true);
            body.Write(buffer, 0, written);
        }
        while (status == OperationStatus.DestinationTooSmall);
        encoder.Dispose();
    }
}
