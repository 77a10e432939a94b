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
    private const int MostEmptyPages = 100;

    private readonly OperationCall _call;
    private readonly PagePosition _position;
    private readonly PageMembers _members;
    private readonly string _subject;

    // A cursor may be long and a list too: 16 bytes a page are kept of them.
    private readonly HashSet<UInt128> _seen = [];
    private long _number;
    private int _emptyPages;
    private UInt128? _last;

    /// <summary>Starts at the page that the call asks for.</summary>
    /// <param name="call">The call of the first page.</param>
    /// <param name="position">How the next page is asked for.</param>
    /// <param name="members">The members of a page that lead to the next one.</param>
    /// <param name="subject">The name of the response in messages.</param>
    public PageTurner(OperationCall call, PagePosition position, PageMembers members, string subject)
    {
        (_call, _position, _members, _subject, _number) = (call, position, members, subject, position.First);
        if (position.Kind == PagePositionKind.Url)
            return;
        if (call.InQuery(position.Parameter) is not { } given)
        {
            // What a service takes by default is not always what its document says.
            if (position.Kind == PagePositionKind.Number)
                Turn();
        }
        else if (position.Kind == PagePositionKind.Cursor)
        {
            _seen.Add(Fingerprint(given));
        }
        else
        {
            _number = long.Parse(given, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What the page says about the next one.</summary>
    public PageHead Head { get; private set; } = new();

    /// <summary>Reads what a page says about the next one.</summary>
    /// <param name="utf8">The page.</param>
    public void Read(ReadOnlySpan<byte> utf8) => Head = PageHead.Read(utf8, _members);

    /// <summary>Turns the call to the next page; false where the page was the last.</summary>
    /// <param name="address">The address that it came from.</param>
    /// <param name="resolve">Resolves the URL of a next page; null where it is not valid.</param>
    /// <exception cref="TransportException">The page leads nowhere, or to one that was there.</exception>
    public bool Next(Func<Uri> address, Func<string, Uri?> resolve)
    {
        var page = Head;
        if (page.Problem is { } problem)
            throw Malformed(problem);
        if (page.HasMore == false)
            return false;
        _emptyPages = page.Count == 0 ? _emptyPages + 1 : 0;
        if (_emptyPages == MostEmptyPages)
            throw Malformed($"is the {MostEmptyPages}th page in a row without items");
        return _position.Kind switch
        {
            PagePositionKind.Cursor => FollowCursor(page),
            PagePositionKind.Url => FollowUrl(page, address, resolve),
            _ => Count(page),
        };
    }

    /// <summary>The error of a page that cannot be followed.</summary>
    public TransportException Malformed(string problem) =>
        new($"{_subject} {problem}. The items before it are complete; no further page was requested.", TransportFailure.Malformed);

    private bool FollowCursor(PageHead page)
    {
        if (!HasNext(page) || IsRepeatedEnd(page, page.Next!))
            return false;
        _call.Turn(_position.Parameter, page.Next!);
        return true;
    }

    private bool FollowUrl(PageHead page, Func<Uri> address, Func<string, Uri?> resolve)
    {
        if (!HasNext(page))
            return false;
        _seen.Add(Fingerprint(address().AbsoluteUri));
        if (resolve(page.Next!) is not { } url)
            throw Malformed("gives an address of the next page that is not a valid URL");
        if (IsRepeatedEnd(page, url.AbsoluteUri))
            return false;
        _call.TurnTo(url);
        return true;
    }

    private bool HasNext(PageHead page) => !string.IsNullOrEmpty(page.Next)
        || (page.HasMore == true ? throw Malformed("says that there are more, but not where the next page is") : false);

    /// <summary>Whether a page without items gives the cursor of one before, which is the end at some services; with items it would be a circle.</summary>
    private bool IsRepeatedEnd(PageHead page, string next) => !_seen.Add(Fingerprint(next))
        && (page is { Count: 0, HasMore: null } ? true : throw Malformed("leads back to a page that was there already, which would never end"));

    private bool Count(PageHead page)
    {
        if (page is { Count: 0, HasMore: null })
            return false;
        var isOffset = _position.Kind == PagePositionKind.Offset;
        var reached = _number - _position.First + (isOffset ? page.Count : 1);
        // A total that cannot be one, such as 0 beside items, is not where they end.
        if (page is { HasMore: null, Total: > 0 } && page.Total <= reached && !(isOffset && page.Total < page.Count))
            return false;
        if (isOffset && page.Count == 0)
            throw Malformed("says that there are more, but has no items");
        if (page.Identity is { } identity && _last == identity)
            throw Malformed($"has the same items again: the service seems to ignore '{_position.Parameter}'");
        _last = page.Identity;
        _number += isOffset ? page.Count : 1;
        Turn();
        return true;
    }

    private void Turn() => _call.Turn(_position.Parameter, _number.ToString(CultureInfo.InvariantCulture));

    private static UInt128 Fingerprint(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
