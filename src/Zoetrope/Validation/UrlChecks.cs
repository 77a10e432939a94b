using System.Buffers;
using System.Globalization;
using System.Net;
using Zoetrope.Formats;

namespace Zoetrope.Validation;

/// <summary>The kinds of URL that a provider accepts for a file input, as flags.</summary>
[Flags]
public enum UrlKinds
{
    /// <summary>An https URL of a public host.</summary>
    PublicHttps = 1,

    /// <summary>An http URL of a public host.</summary>
    PublicHttp = 2,

    /// <summary>A URL of this machine or of a private network.</summary>
    Local = 4,

    /// <summary>A <c>data:</c> URI.</summary>
    Data = 8,

    /// <summary>Any http or https URL, or a <c>data:</c> URI.</summary>
    Any = PublicHttps | PublicHttp | Local | Data,
}

/// <summary>Distinguishes the kinds of URLs.</summary>
internal static class UrlChecks
{
    private const string LettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // The printable characters of ASCII without space and backslash.
    private static readonly SearchValues<char> UrlCharacters = SearchValues.Create(LettersAndDigits + "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(LettersAndDigits + "-.");

    /// <summary>Whether a URL is plain and public, and of one of the kinds: it is then ASCII, too. Most are, and need no further look.</summary>
    public static bool IsPlainOf(string value, UrlKinds forms) => PlainPublicForm(value) is { } form && (forms & form) != 0;

    /// <summary>Describes what is wrong with a URL; null if it is of one of the kinds.</summary>
    public static string? Problem(string value, UrlKinds forms)
    {
        if (PlainPublicForm(value) is { } form)
            return (forms & form) != 0 ? null : form == UrlKinds.PublicHttp ? "an http URL" : "an https URL";
        if (LocalFiles.IsOne(value))
            return null;
        if (DataUri.IsOne(value))
            return (forms & UrlKinds.Data) != 0 ? null : "a data URI";
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "not an http or https URL";
        // Where any URL is accepted, one with a password is, too; a public one is accessible without.
        if (uri.UserInfo.Length > 0 && forms != UrlKinds.Any)
            return "a URL with a password";
        if (IsLocal(uri))
            return (forms & UrlKinds.Local) != 0 ? null : "a URL of a local host";
        if (uri.Scheme == "http")
            return (forms & UrlKinds.PublicHttp) != 0 ? null : "an http URL";
        return (forms & UrlKinds.PublicHttps) != 0 ? null : "an https URL";
    }

    public static string Describe(UrlKinds forms)
    {
        var url = (forms & UrlKinds.PublicHttp) != 0 ? "an http or https URL" : "a publicly reachable https URL";
        return (forms & UrlKinds.Data) != 0 ? url + " or a data URI" : url;
    }

    /// <summary>
    /// The kind of a URL that is simple enough to be classified without creating a <see cref="Uri"/>, which would allocate: ASCII, a host of letters, digits,
    /// hyphens and dots with a public domain, and at most a port. Null for all others, which may be of any kind.
    /// </summary>
    private static UrlKinds? PlainPublicForm(ReadOnlySpan<char> value)
    {
        var form = value.StartsWith("https://", StringComparison.Ordinal) ? UrlKinds.PublicHttps : UrlKinds.PublicHttp;
        if (form == UrlKinds.PublicHttp && !value.StartsWith("http://", StringComparison.Ordinal))
            return null;
        value = value[(form == UrlKinds.PublicHttps ? 8 : 7)..];
        var end = value.IndexOfAnyExcept(HostCharacters);
        var host = end < 0 ? value : value[..end];
        if (end >= 0 && value[end..].IndexOfAnyExcept(UrlCharacters) >= 0)
            return null;
        if (end >= 0 && value[end] == ':')
        {
            var port = value[(end + 1)..];
            var after = port.IndexOfAny('/', '?', '#');
            if (!ushort.TryParse(after < 0 ? port : port[..after], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return null;
        }
        else if (end >= 0 && value[end] is not ('/' or '?' or '#'))
        {
            return null;
        }
        return IsPlainPublicHost(host) ? form : null;
    }

    /// <summary>Whether a host of letters, digits, hyphens and dots has several labels, none of them empty, and a public domain.</summary>
    private static bool IsPlainPublicHost(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        if (dot <= 0 || host.Length > 253 || host[0] == '.' || host.IndexOf("..") >= 0)
            return false;
        var label = host[(dot + 1)..];
        return !label.IsEmpty && char.IsAsciiLetter(label[0]) && !Networks.IsLocalDomain(host, label);
    }

    /// <summary>Whether a URL refers to this machine, a private network or a name without a public domain.</summary>
    public static bool IsLocal(Uri uri)
    {
        var host = Networks.HostOf(uri);
        return IPAddress.TryParse(host, out var address) ? Networks.IsLocal(address) : Networks.IsLocalName(host);
    }
}
