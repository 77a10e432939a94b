using System.Text;

namespace Zoetrope.Http;

/// <summary>The spellings of secrets: what follows a scheme or a user's name in them, and their Base64 and hexadecimal forms, too.</summary>
internal sealed class SecretSpellings
{
    /// <summary>The least length of a secret that is found anywhere in a text.</summary>
    public const int ShortestSecret = 8;

    private const int ShortestWord = 4;
    private const int ShortestEncoded = 10;

    private readonly List<string> _known = [];

    /// <summary>Collects the spellings of secrets.</summary>
    /// <param name="secrets">The secrets; null and empty ones are skipped.</param>
    public SecretSpellings(ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (string.IsNullOrEmpty(secret))
                continue;
            Add(secret);
            Add(secret[(secret.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            Add(secret[(secret.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }
        Filter = new SecretFilter(Secrets, Words);
    }

    /// <summary>The spellings that are found anywhere.</summary>
    public List<SecretSpelling> Secrets { get; } = [];

    /// <summary>Secrets that are too short to be distinguished from other text unless they are separate words; removed from messages only.</summary>
    public List<SecretSpelling> Words { get; } = [];

    /// <summary>Finds where one may begin.</summary>
    public SecretFilter Filter { get; }

    private void Add(string secret)
    {
        if (secret.Length < ShortestWord || _known.Contains(secret))
            return;
        _known.Add(secret);
        if (secret.Length < ShortestSecret)
        {
            Words.Add(new SecretSpelling(secret, ignoresCase: true));
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(secret);
        Secrets.Add(new SecretSpelling(secret, ignoresCase: true));
        Secrets.Add(new SecretSpelling(Convert.ToHexString(bytes), ignoresCase: true, isHex: true));
        for (var before = 0; before < 3; before++)
        {
            var encoded = InBase64(bytes, before);
            if (encoded.Length < ShortestEncoded)
                continue;
            Secrets.Add(new SecretSpelling(encoded, ignoresCase: false));
            if (encoded.AsSpan().IndexOfAny('+', '/') >= 0)
                Secrets.Add(new SecretSpelling(encoded.Replace('+', '-').Replace('/', '_'), ignoresCase: false));
        }
    }

    // The part of a longer text's Base64 that depends on the secret alone, when the secret begins that many bytes after a group.
    private static string InBase64(byte[] secret, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. secret]);
        var start = ((before * 8) + 5) / 6;
        var end = (before + secret.Length) * 8 / 6;
        return encoded[start..end];
    }
}
