namespace Zoetrope.Simulator.Replay;

/// <summary>Which headers, parameters and JSON members hold a key, a token, a signature or a password.</summary>
internal sealed class SecretNameRules(IEnumerable<string> own)
{
    private static readonly string[] _within =
    [
        "secret", "password", "passwd", "authorization", "apikey", "accesskey", "keyid", "signature", "credential", "cookie", "jwt", "accesstoken",
        "refreshtoken", "securitytoken", "idtoken", "cdntoken", "uploadtoken", "bearer",
    ];

    /// <summary>Names, or last words of names, that are secrets, such as <c>x-key</c>, <c>X-Auth-Token</c> and <c>falKey</c>.</summary>
    private static readonly HashSet<string> _last = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "token", "sig", "hmac", "passphrase", "pwd", "pass", "auth", "session",
    };

    /// <summary>Names that end like secrets and are none.</summary>
    private static readonly HashSet<string> _harmless = new(StringComparer.Ordinal)
    {
        "idempotencykey", "nextpagetoken", "pagetoken", "paginationtoken", "continuationtoken", "nexttoken", "sortkey", "cachekey", "publickey", "primarykey",
        "foreignkey", "partitionkey", "groupkey", "eostoken", "bostoken", "stoptoken", "secwebsocketkey",
    };

    private readonly HashSet<string> _own = own.Select(Plain).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a value of this name must not be recorded.</summary>
    public bool IsSecret(string name)
    {
        var plain = Plain(name);
        // The policy of a signed URL; those of other names are public.
        return IsSurely(plain) || plain == "policy" || _last.Contains(plain) || (!_harmless.Contains(plain) && _last.Contains(LastWord(name)));
    }

    /// <summary>Whether a name is that of a secret and of nothing else: a <c>key</c> may be that of a pair, and a <c>token</c> a word.</summary>
    public bool IsSurelySecret(string name) => IsSurely(Plain(name));

    /// <summary>Whether a value looks like a secret, whose name may mean something else.</summary>
    public static bool LooksRandom(string value) =>
        value.Length >= 8 && !value.Contains(' ') && value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter);

    private bool IsSurely(string plain) => _own.Contains(plain) || Array.Exists(_within, plain.Contains);

    /// <summary>The last word of a name, whose words are separated by signs or begin with capitals.</summary>
    private static string LastWord(string name)
    {
        var start = name.Length;
        while (start > 0 && char.IsAsciiLetterOrDigit(name[start - 1]))
        {
            start--;
            if (char.IsAsciiLetterUpper(name[start]) && start > 0 && char.IsAsciiLetterLower(name[start - 1]))
                break;
        }
        return name[start..];
    }

    private static string Plain(string name) => name.Replace("-", "").Replace("_", "").ToLowerInvariant();
}
