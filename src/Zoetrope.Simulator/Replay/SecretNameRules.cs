namespace Zoetrope.Simulator.Replay;

/// <summary>Which headers, parameters and JSON members hold a key, a token, a signature or a password.</summary>
internal sealed class SecretNameRules(IEnumerable<string> own)
{
    private static readonly string[] _within =
    [
        "secret", "password", "passwd", "authorization", "apikey", "accesskey", "keyid", "signature", "credential", "cookie", "jwt", "accesstoken",
        "refreshtoken", "securitytoken", "idtoken", "cdntoken", "uploadtoken", "bearer",
    ];

    private static readonly string[] _whole = ["key", "token", "sig", "auth", "policy", "pwd", "session"];

    private readonly HashSet<string> _own = own.Select(Plain).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a value of this name must not be recorded.</summary>
    public bool IsSecret(string name)
    {
        var plain = Plain(name);
        return _own.Contains(plain) || Array.Exists(_whole, word => plain == word) || Array.Exists(_within, plain.Contains);
    }

    private static string Plain(string name) => name.Replace("-", "").Replace("_", "").ToLowerInvariant();
}
