using System.Security.Cryptography;

namespace Zoetrope.Simulator.Replay;

/// <summary>The bytes of a body as they pass: kept up to a size, and hashed.</summary>
/// <param name="mostKept">How many bytes are kept at most.</param>
/// <param name="elapsed">The milliseconds since the request.</param>
#pragma warning disable CA1001 // A recording is read as long as somebody has it; what is left is freed with it.
internal sealed class CapturedBody(int mostKept, Func<long> elapsed)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _kept = new();
    private readonly List<(long AfterMs, long End)> _arrivals = [];

    /// <summary>How many bytes passed.</summary>
    public long Length { get; private set; }

    /// <summary>What ended the body before its end; null where nothing did.</summary>
    public Exception? Failure { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Length += bytes.Length;
            _hash.AppendData(bytes);
            if (Length <= mostKept)
                _kept.Write(bytes);
            _arrivals.Add((elapsed(), Length));
            // So many parts are not a stream of events whose times matter.
            if (_arrivals.Count > 100_000)
                _arrivals.RemoveRange(1, _arrivals.Count - 2);
        }
    }

    public void Fail(Exception exception)
    {
        lock (_gate)
            Failure ??= exception;
    }

    /// <summary>Forgets what passed, because it is sent again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            Length = 0;
            _hash.GetHashAndReset();
            _kept.SetLength(0);
            _arrivals.Clear();
        }
    }

    /// <summary>What has passed so far.</summary>
    /// <returns>The bytes, or null where they are too many; their hash; and when the byte before each position had come.</returns>
    public (byte[]? Bytes, string Sha256, IReadOnlyList<(long AfterMs, long End)> Arrivals) Take()
    {
        lock (_gate)
            return (Length <= mostKept ? _kept.ToArray() : null, Convert.ToHexStringLower(_hash.GetCurrentHash()), [.. _arrivals]);
    }
}
