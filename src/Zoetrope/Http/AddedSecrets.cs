using System.Runtime.CompilerServices;

namespace Zoetrope.Http;

/// <summary>The secrets that handlers of a user's client add to requests. All clients with the same options remove them from what they show.</summary>
internal sealed class AddedSecrets
{
    private const int Most = 16;

    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<KeyRedactor, object?> _redactors = [];
    private string[] _secrets = [];

    /// <summary>Has a client remove what was added, and what will be.</summary>
    public void AddTo(KeyRedactor redactor)
    {
        if (_redactors.TryGetValue(redactor, out _))
            return;
        lock (_gate)
        {
            if (!_redactors.TryAdd(redactor, null))
                return;
            foreach (var secret in _secrets)
                redactor.Learn(secret);
        }
    }

    /// <summary>Adds a secret; those before the last few are forgotten.</summary>
    public void Add(string secret)
    {
        if (Array.IndexOf(Volatile.Read(ref _secrets), secret) >= 0)
            return;
        lock (_gate)
        {
            if (Array.IndexOf(_secrets, secret) >= 0)
                return;
            Volatile.Write(ref _secrets, [.. _secrets.TakeLast(Most - 1), secret]);
            foreach (var (redactor, _) in _redactors)
                redactor.Learn(secret);
        }
    }
}
