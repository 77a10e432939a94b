using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;

namespace Zoetrope.Operations;

/// <summary>Turns a call to its next page, as long as there is one. A service that leads in a circle is an error, never a loop.</summary>
internal sealed class PageTurner
{
    private readonly OperationCall _call;
    private readonly PagePosition _position;
    private readonly string _subject;

    // A cursor may be long and a list too: 16 bytes a page are kept of them.
    private readonly HashSet<UInt128> _cursors = [];
    private long _number;
    private UInt128? _lastBody;

    /// <summary>Starts at the page that the call asks for.</summary>
    /// <param name="call">The call of the first page.</param>
    /// <param name="position">How the next page is asked for.</param>
    /// <param name="subject">The name of the response in messages.</param>
    public PageTurner(OperationCall call, PagePosition position, string subject)
    {
        (_call, _position, _subject, _number) = (call, position, subject, position.First);
        if (position.Kind == PagePositionKind.Url || call.InQuery(position.Parameter) is not { } given)
            return;
        if (position.Kind == PagePositionKind.Cursor)
            _cursors.Add(Fingerprint(given));
        else
            _number = long.Parse(given, CultureInfo.InvariantCulture);
    }

    /// <summary>What stands for a page, to recognize it when it is given again.</summary>
    public static UInt128 Fingerprint(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>Turns the call to the next page; false where the page was the last.</summary>
    /// <param name="page">The page.</param>
    /// <param name="body">The fingerprint of its body.</param>
    /// <param name="address">The address that it came from.</param>
    /// <exception cref="TransportException">The page leads nowhere, or to one that was there.</exception>
    public bool Next<T>(in PageContent<T> page, UInt128 body, Func<Uri> address)
    {
        if (page.HasMore == false)
            return false;
        return _position.Kind is PagePositionKind.Cursor or PagePositionKind.Url ? Follow(page.Next, page.HasMore, address) : Count(page, body);
    }

    private bool Follow(string? next, bool? hasMore, Func<Uri> address)
    {
        if (string.IsNullOrEmpty(next))
            return hasMore == true ? throw Malformed("says that there are more, but not where the next page is") : false;
        if (!_cursors.Add(Fingerprint(next)))
            throw Malformed("leads back to a page that was there already, which would never end");
        if (_position.Kind == PagePositionKind.Cursor)
            _call.Turn(_position.Parameter, next);
        else if (Uri.TryCreate(address(), next, out var url))
            _call.TurnTo(url);
        else
            throw Malformed("gives an address of the next page that is not a valid URL");
        return true;
    }

    private bool Count<T>(in PageContent<T> page, UInt128 body)
    {
        var count = page.Items?.Count ?? 0;
        if (count == 0 && page.HasMore is null)
            return false;
        var isOffset = _position.Kind == PagePositionKind.Offset;
        if (isOffset ? page.Total <= _number + count : page.Total <= _number - _position.First + 1)
            return false;
        if (isOffset && count == 0)
            throw Malformed("says that there are more, but has no items");
        if (_lastBody == body)
            throw Malformed($"is the same page again: the service seems to ignore '{_position.Parameter}'");
        _lastBody = body;
        _number += isOffset ? count : 1;
        _call.Turn(_position.Parameter, _number.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static UInt128 Fingerprint(string cursor) => Fingerprint(MemoryMarshal.AsBytes(cursor.AsSpan()));

    private TransportException Malformed(string problem) =>
        new($"{_subject} {problem}. The items before it are complete; no further page was requested.", TransportFailure.Malformed);
}
