using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// The parts of a form with files, as its bytes pass: files of any size are hashed and not kept. A form has no digest of its own, because its boundary is
/// another each time.
/// </summary>
#pragma warning disable CA1001 // It is read as long as somebody has the recording; what is left is freed with it.
internal sealed class FormCapture
#pragma warning restore CA1001
{
    private const int LongestFormText = 4096;
    private const int LongestHeaders = 16 * 1024;

    private readonly byte[] _delimiter;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _kept = new();
    private readonly List<FormPart> _parts = [];
    private byte[] _pending = "\r\n"u8.ToArray();
    private State _state = State.BeforeFirst;
    private string _name = "";
    private string? _file;
    private long _length;

    private FormCapture(string boundary) => _delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);

    private enum State
    {
        BeforeFirst,
        AfterDelimiter,
        Headers,
        Content,
        Whole,
        Invalid,
    }

    /// <summary>The form; null where the bytes are not a whole form.</summary>
    public FixtureBody.Form? Form => _state == State.Whole ? new([.. _parts]) : null;

    /// <summary>A capture of a body of this media type; null where that is not a form with files.</summary>
    public static FormCapture? Of(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Value?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary
            ? new(boundary)
            : null;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_state is State.Whole or State.Invalid)
            return;
        _pending = [.. _pending, .. bytes];
        while (Step())
        {
        }
    }

    /// <summary>Reads on; false where more bytes are needed.</summary>
    private bool Step()
    {
        switch (_state)
        {
            case State.BeforeFirst or State.Content:
                var at = _pending.AsSpan().IndexOf(_delimiter);
                var certain = at >= 0 ? at : Math.Max(0, _pending.Length - _delimiter.Length + 1);
                if (_state == State.Content)
                    AddContent(_pending.AsSpan(..certain));
                if (at < 0)
                {
                    _pending = _pending[certain..];
                    return false;
                }
                if (_state == State.Content)
                    EndPart();
                return Go(State.AfterDelimiter, at + _delimiter.Length);
            case State.AfterDelimiter:
                if (_pending.AsSpan().StartsWith("--"u8))
                    return Go(State.Whole, 2);
                return _pending.AsSpan().IndexOf("\r\n"u8) is >= 0 and var line && Go(State.Headers, line);
            case State.Headers:
                var end = _pending.AsSpan().IndexOf("\r\n\r\n"u8);
                if (end < 0)
                    return _pending.Length > LongestHeaders && Go(State.Invalid, _pending.Length);
                BeginPart(Encoding.UTF8.GetString(_pending, 0, end));
                return Go(State.Content, end + 4);
            default:
                return false;
        }
    }

    private bool Go(State state, int read)
    {
        _state = state;
        _pending = _pending[read..];
        return true;
    }

    private void BeginPart(string headers)
    {
        var disposition = headers.Split("\r\n")
            .Select(line => line.Split(':', 2))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim().Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase)) is { } found
                && ContentDispositionHeaderValue.TryParse(found[1].Trim(), out var parsed) ? parsed : null;
        _name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? "";
        _file = HeaderUtilities.RemoveQuotes(disposition?.FileNameStar.Value ?? disposition?.FileName.Value ?? default(StringSegment)).Value;
        _length = 0;
        _kept.SetLength(0);
    }

    private void AddContent(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _hash.AppendData(bytes);
        if (_file is null && _length <= LongestFormText)
            _kept.Write(bytes);
    }

    private void EndPart()
    {
        var digest = new FixtureBody.Digest(_length, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        var text = _file is null && _length <= LongestFormText ? BodyReader.Text(_kept.ToArray()) : null;
        _parts.Add(new(_name, _file, text ?? digest));
    }
}
