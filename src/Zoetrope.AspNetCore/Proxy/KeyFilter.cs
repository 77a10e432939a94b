using System.Text;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>
/// Puts asterisks in place of a key in what a service sends back: of the key, of its secret half, and of both in Base64 and in hexadecimal digits. Lengths stay
/// as they are. Of a stream, only a beginning of the key at the end of a part waits for the next part.
/// </summary>
internal sealed class KeyFilter
{
    /// <summary>The shortest text that counts as a secret: shorter ones cannot be distinguished from other text.</summary>
    public const int ShortestSecret = 8;

    private const int ShortestEncoded = 10;

    private readonly List<byte[]> _secrets = [];

    public KeyFilter(string key)
    {
        Add(key);
        Add(key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        _secrets.Sort((left, right) => right.Length - left.Length);
    }

    /// <summary>The length of the longest spelling.</summary>
    public int Longest => _secrets.Count == 0 ? 0 : _secrets[0].Length;

    /// <summary>Returns the text of a header without the key.</summary>
    public string Mask(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Mask(utf8.AsSpan()) ? Encoding.UTF8.GetString(utf8) : text;
    }

    /// <summary>Removes the key.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Mask(Span<byte> text)
    {
        var found = false;
        foreach (var secret in _secrets)
        {
            for (int next, at = 0; (next = text[at..].IndexOf(secret)) >= 0; at += next + secret.Length)
            {
                text.Slice(at + next, secret.Length).Fill((byte)'*');
                found = true;
            }
        }
        return found;
    }

    /// <summary>How many bytes at the end may be the beginning of a key that goes on.</summary>
    public int Unsure(ReadOnlySpan<byte> text)
    {
        for (var length = Math.Min(Longest - 1, text.Length); length > 0; length--)
        {
            var end = text[^length..];
            foreach (var secret in _secrets)
            {
                if (secret.Length > length && secret.AsSpan().StartsWith(end))
                    return length;
            }
        }
        return 0;
    }

    private void Add(string secret)
    {
        if (secret.Length < ShortestSecret)
            return;
        var bytes = Encoding.UTF8.GetBytes(secret);
        AddSpelling(secret);
        AddSpelling(Convert.ToHexString(bytes));
        AddSpelling(Convert.ToHexStringLower(bytes));
        AddSpelling(Uri.EscapeDataString(secret));
        for (var before = 0; before < 3; before++)
        {
            // The part that depends on the secret alone, when it begins that many bytes after a group.
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            encoded = encoded[(((before * 8) + 5) / 6)..((before + bytes.Length) * 8 / 6)];
            if (encoded.Length < ShortestEncoded)
                continue;
            AddSpelling(encoded);
            AddSpelling(encoded.Replace('+', '-').Replace('/', '_'));
        }
    }

    private void AddSpelling(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!_secrets.Exists(secret => secret.AsSpan().SequenceEqual(bytes)))
            _secrets.Add(bytes);
    }
}
