using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Zoetrope.Simulator.Replay;

/// <summary>The forms in which a secret can be in a text.</summary>
internal static class SecretForms
{
    /// <summary>The secret as it is, percent-encoded, escaped for JSON and HTML, in base64 at any place of a longer text, and in hexadecimal.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var escaped = Uri.EscapeDataString(secret);
        IEnumerable<string> forms =
        [
            secret, escaped, LowerHex(escaped), WebUtility.UrlEncode(secret), LowerHex(WebUtility.UrlEncode(secret)), WebUtility.HtmlEncode(secret),
            JavaScriptEncoder.Default.Encode(secret), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), .. Base64(bytes),
        ];
        return forms.Where(form => form.Length > 0).Distinct().OrderByDescending(form => form.Length);
    }

    // Three bytes become four characters, so that there are three ways to lie; those characters that the neighbors decide too are left out.
    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var padded = new byte[before + secret.Length];
            secret.CopyTo(padded, before);
            var first = before == 0 ? 0 : before + 1;
            var text = Convert.ToBase64String(padded).TrimEnd('=');
            var whole = padded.Length * 8 / 6;
            if (whole - first < 8)
                continue;
            yield return text[first..whole];
            yield return Base64Url.EncodeToString(padded)[first..whole];
        }
    }

    private static string LowerHex(string escaped)
    {
        var text = new StringBuilder(escaped);
        for (var i = 0; i < text.Length - 2; i++)
        {
            if (text[i] != '%')
                continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }
        return text.ToString();
    }
}
