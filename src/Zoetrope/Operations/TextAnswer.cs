using System.Text;
using Zoetrope.Protocol;

namespace Zoetrope.Operations;

/// <summary>Reads answers that are text.</summary>
internal static class TextAnswer
{
    /// <summary>The text; a charset that is not known counts as UTF-8, and so does none.</summary>
    public static string Read(TransportResponse answer)
    {
        using var reader = new StreamReader(new MemoryStream(answer.Body.ToArray(), writable: false), Charset(answer.Charset), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding Charset(string? name)
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
