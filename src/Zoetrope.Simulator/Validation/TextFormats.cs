using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// The string formats that JSON Schema defines by other standards (RFC 3339, 3986, 4122, 5321, …), and OpenAPI's <c>byte</c>. NJsonSchema's own validators
/// accept dates without a time zone, UUIDs without dashes and paths as URIs, and reject <c>a@b</c> and relative addresses that their format allows.
/// </summary>
internal static partial class TextFormats
{
    private static readonly SearchValues<char> NotInUris = SearchValues.Create(" \"<>\\^`{|}");

    /// <summary>One for each format that is judged.</summary>
    public static IReadOnlyList<IFormatValidator> All { get; } =
    [
        new TextFormat("date-time", ValidationErrorKind.DateTimeExpected, IsDateTime),
        new TextFormat("date", ValidationErrorKind.DateExpected, text => Date().IsMatch(text) && IsDay(text)),
        new TextFormat("time", ValidationErrorKind.TimeExpected, Time().IsMatch),
        new TextFormat("email", ValidationErrorKind.EmailExpected, Email().IsMatch),
        new TextFormat("uri", ValidationErrorKind.UriExpected, IsUri),
        new TextFormat("uuid", ValidationErrorKind.UuidExpected, Uuid().IsMatch),
        new TextFormat("ipv4", ValidationErrorKind.IpV4Expected, text => text.Count(one => one == '.') == 3 && IsAddress(text, AddressFamily.InterNetwork)),
        new TextFormat(
            "ipv6",
            ValidationErrorKind.IpV6Expected,
            text => !text.Contains('%') && !text.Contains('[') && IsAddress(text, AddressFamily.InterNetworkV6)),
        new TextFormat("hostname", ValidationErrorKind.HostnameExpected, text => text.Length < 254 && Hostname().IsMatch(text)),
        new TextFormat("byte", ValidationErrorKind.Base64Expected, text => Convert.TryFromBase64String(text, new byte[(text.Length / 4 * 3) + 3], out _)),
    ];

    private static bool IsDateTime(string text) => DateTime().IsMatch(text) && IsDay(text[..10]);

    private static bool IsDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsUri(string text) => Scheme().IsMatch(text) && !text.AsSpan().ContainsAny(NotInUris)
        && !text.Any(one => one > '~' || char.IsControl(one)) && Uri.TryCreate(text, UriKind.Absolute, out _);

    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z", RegexOptions.ECMAScript)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([zZ]|[+-]([01]\d|2[0-3]):[0-5]\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[tT ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([zZ]|[+-]([01]\d|2[0-3]):[0-5]\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex Hostname();

    private sealed class TextFormat(string format, ValidationErrorKind kind, Func<string, bool> isValid) : IFormatValidator
    {
        public string Format => format;

        public ValidationErrorKind ValidationErrorKind => kind;

        public bool IsValid(string value, JTokenType tokenType) => isValid(value);
    }
}
