using System.Security.Cryptography;

namespace Zoetrope.Simulator.Replay;

/// <summary>The bytes of a body as they pass: kept up to a size, and hashed.</summary>
/// <param name="mostKept">How many bytes are kept at most.</param>
/// <param name="elapsed">The milliseconds since the request.</param>
/// <param name="contentType">The media type: a form is read by its parts.</param>
/// <param name="prefixes">The lengths of those beginnings of the body whose hashes are needed, in ascending order.</param>
#pragma warning disable CA1001 // A recording is read as long as somebody has it; what is left is freed with it.
internal sealed class CapturedBody(int mostKept, Func<long> elapsed, string? contentType = null, IReadOnlyList<long>? prefixes = null)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _kept = new();
    private readonly List<(long AfterMs, long End)> _arrivals = [];
    private readonly Dictionary<long, string> _prefixHashes = [];
    private FormCapture? _form = FormCapture.Of(contentType);
    private long _length;

    /// <summary>Whether the body came to its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What ended the body before its end; null where nothing did, or its caller.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When the body ended or was left; null where it is still read.</summary>
    public long? EndedAfterMs { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Hash(bytes);
            if (_length <= mostKept)
                _kept.Write(bytes);
            _form?.Add(bytes);
            _arrivals.Add((elapsed(), _length));
            // So many parts are not a stream of events whose times matter.
            if (_arrivals.Count > 100_000)
                _arrivals.RemoveRange(1, _arrivals.Count - 2);
        }
    }

    /// <summary>Notes that all of the body has passed.</summary>
    public void Complete() => End(null, isWhole: true);

    /// <summary>Notes what ended the body.</summary>
    public void Fail(Exception exception) => End(exception, isWhole: false);

    /// <summary>Notes that nobody reads on.</summary>
    public void Leave() => End(null, isWhole: false);

    /// <summary>Forgets what passed, because it is sent again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _length = 0;
            _hash.GetHashAndReset();
            _kept.SetLength(0);
            _form = FormCapture.Of(contentType);
            _prefixHashes.Clear();
            _arrivals.Clear();
            (IsWhole, Failure, EndedAfterMs) = (false, null, null);
        }
    }

    /// <summary>What has passed so far.</summary>
    public CapturedBytes Take()
    {
        lock (_gate)
        {
            return new(_length, _length <= mostKept ? _kept.ToArray() : null, Convert.ToHexStringLower(_hash.GetCurrentHash()), [.. _arrivals])
            {
                IsWhole = IsWhole,
                IsMultipart = _form is not null,
                Form = _form?.Form,
                Prefixes = new Dictionary<long, string>(_prefixHashes),
            };
        }
    }

    private void Hash(ReadOnlySpan<byte> bytes)
    {
        foreach (var prefix in prefixes ?? [])
        {
            if (prefix < _length || prefix > _length + bytes.Length || _prefixHashes.ContainsKey(prefix))
                continue;
            var count = (int)(prefix - _length);
            _hash.AppendData(bytes[..count]);
            _length = prefix;
            bytes = bytes[count..];
            _prefixHashes[prefix] = Convert.ToHexStringLower(_hash.GetCurrentHash());
        }
        _hash.AppendData(bytes);
        _length += bytes.Length;
    }

    private void End(Exception? failure, bool isWhole)
    {
        lock (_gate)
        {
            if (EndedAfterMs is not null)
                return;
            (IsWhole, Failure, EndedAfterMs) = (isWhole, failure, elapsed());
        }
    }
}

/// <summary>The bytes of a body that have passed.</summary>
/// <param name="Length">How many.</param>
/// <param name="Bytes">The bytes; null where they are too many.</param>
/// <param name="Sha256">Their hash, in hexadecimal digits.</param>
/// <param name="Arrivals">When the byte before each position had come.</param>
internal sealed record CapturedBytes(long Length, byte[]? Bytes, string Sha256, IReadOnlyList<(long AfterMs, long End)> Arrivals)
{
    /// <summary>Whether these are all.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether they have the media type of a form with files.</summary>
    public bool IsMultipart { get; init; }

    /// <summary>The form that they are; null where they are not one.</summary>
    public FixtureBody.Form? Form { get; init; }

    /// <summary>The hashes of their beginnings, by length.</summary>
    public required IReadOnlyDictionary<long, string> Prefixes { get; init; }
}
