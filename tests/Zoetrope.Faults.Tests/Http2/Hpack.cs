using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>As much of HPACK (RFC 7541) as .NET's client speaks: the static table, and texts without Huffman's code.</summary>
internal static class Hpack
{
    // Appendix A.
    private static readonly string[] _static =
    [
        ":authority", ":method GET", ":method POST", ":path /", ":path /index.html", ":scheme http", ":scheme https", ":status 200",
        ":status 204", ":status 206", ":status 304", ":status 400", ":status 404", ":status 500", "accept-charset",
        "accept-encoding gzip, deflate", "accept-language", "accept-ranges", "accept", "access-control-allow-origin", "age", "allow",
        "authorization", "cache-control", "content-disposition", "content-encoding", "content-language", "content-length",
        "content-location", "content-range", "content-type", "cookie", "date", "etag", "expect", "expires", "from", "host", "if-match",
        "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified", "link", "location", "max-forwards",
        "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after", "server", "set-cookie",
        "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via", "www-authenticate",
    ];

    /// <summary>The headers of a block.</summary>
    public static List<(string Name, string Value)> Decode(ReadOnlySpan<byte> block)
    {
        var headers = new List<(string, string)>();
        while (block.Length > 0)
        {
            var first = block[0];
            if (first >= 0x80)
            {
                headers.Add(Entry(Integer(ref block, 7)));
                continue;
            }
            if ((first & 0xE0) == 0x20)
            {
                Integer(ref block, 5);
                continue;
            }
            var index = Integer(ref block, first >= 0x40 ? 6 : 4);
            var name = index == 0 ? Literal(ref block) : Entry(index).Name;
            headers.Add((name, Literal(ref block)));
        }
        return headers;
    }

    /// <summary>A block of headers, each written out.</summary>
    public static byte[] Encode(IEnumerable<(string Name, string Value)> headers)
    {
        var block = new MemoryStream();
        foreach (var (name, value) in headers)
        {
            block.WriteByte(0);
            Write(block, name);
            Write(block, value);
        }
        return block.ToArray();
    }

    private static (string Name, string Value) Entry(int index)
    {
        var entry = _static[index - 1];
        var space = entry.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (entry, "") : (entry[..space], entry[(space + 1)..]);
    }

    private static int Integer(ref ReadOnlySpan<byte> block, int bits)
    {
        var most = (1 << bits) - 1;
        var value = block[0] & most;
        block = block[1..];
        for (var shift = 0; value >= most; shift += 7)
        {
            var next = block[0];
            block = block[1..];
            value += (next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }
        return value;
    }

    private static string Literal(ref ReadOnlySpan<byte> block)
    {
        if (block[0] >= 0x80)
            throw new NotSupportedException("The client uses Huffman's code, which this server does not read.");
        var length = Integer(ref block, 7);
        var text = Encoding.Latin1.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    private static void Write(MemoryStream block, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length < 127)
        {
            block.WriteByte((byte)bytes.Length);
        }
        else
        {
            block.WriteByte(127);
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7)
                block.WriteByte((byte)((rest & 0x7F) | 0x80));
            block.WriteByte((byte)rest);
        }
        block.Write(bytes);
    }
}
