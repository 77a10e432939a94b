using System.Text;
using Zoetrope.Protocol;

namespace Zoetrope.Operations;

/// <summary>Reads answers that are text.</summary>
internal static class TextAnswer
{
    /// <summary>The text; a charset that is not known counts as UTF-8, and so does none.</summary>
    public static string Read(TransportResponse answer) => Read(answer.Body, answer.Charset);

    /// <summary>The text of a body.</summary>
    public static string Read(ReadOnlyMemory<byte> body, string? charset)
    {
        using var reader = new StreamReader(new MemoryStream(body.ToArray(), writable: false), Charset(charset), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>The encoding of that name.</summary>
    public static Encoding Charset(string? name)
    {
        try
        {
            return name is null ? Encoding.UTF8 : Encoding.GetEncoding(name.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
