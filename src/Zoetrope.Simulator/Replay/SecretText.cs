using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Zoetrope.Simulator.Replay;

/// <summary>Takes secrets out of texts: by the names that stand before them, and by their values in every form.</summary>
internal sealed partial class SecretText
{
    /// <summary>What is written in place of a secret. It needs no escape anywhere.</summary>
    public const string Mark = "REDACTED";

    /// <summary>Encodings within encodings that are opened.</summary>
    private const int Deepest = 4;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SecretNameRules _names;
    private readonly SecretShapes _shapes;
    private readonly string[] _secrets;
    private readonly string[] _forms;
    private readonly Lazy<SearchValues<string>> _anyForm;

    public SecretText(SecretNameRules names, IEnumerable<string> secrets)
    {
        _names = names;
        _shapes = new(names);
        _secrets = [.. secrets.Where(secret => secret.Length > 0).Distinct().OrderByDescending(secret => secret.Length)];
        _forms = [.. _secrets.SelectMany(SecretForms.Of).Distinct().OrderByDescending(form => form.Length)];
        _anyForm = new(() => SearchValues.Create(_forms, StringComparison.Ordinal));
    }

    /// <summary>Whether the value of this name is a secret.</summary>
    public bool IsSecretName(string name) => _names.IsSecret(name);

    /// <summary>A text without secrets.</summary>
    public string Redact(string text) => Redact(text, 0);

    /// <summary>A JSON value without secrets.</summary>
    public JsonNode? Redact(JsonNode? json) => Redact(json, 0);

    /// <summary>Bytes of the same length without secrets.</summary>
    public byte[] Redact(byte[] bytes)
    {
        var copy = bytes.ToArray();
        foreach (var place in _shapes.FindParameters(Encoding.Latin1.GetString(bytes)))
            copy.AsSpan(place).Fill((byte)'*');
        foreach (var form in _forms.Select(Encoding.UTF8.GetBytes))
        {
            for (int at, from = 0; (at = copy.AsSpan(from).IndexOf(form)) >= 0; from += at + form.Length)
                copy.AsSpan(from + at, form.Length).Fill((byte)'*');
        }
        return copy;
    }

    /// <summary>A header's value without secrets; of a secret header only the scheme is left.</summary>
    public string RedactHeader(string name, string value)
    {
        if (!_names.IsSecret(name))
            return Redact(value);
        return value.IndexOf(' ') is > 0 and var space && value[..space].All(char.IsLetter) ? $"{value[..space]} {Mark}" : Mark;
    }

    /// <summary>The parameters of a query or a form, without secrets.</summary>
    public string RedactQuery(string query) => string.Join('&', query.Split('&').Select(RedactParameter));

    /// <summary>An address without secrets.</summary>
    public string RedactUrl(string url)
    {
        var fragment = url.IndexOf('#') is >= 0 and var hash ? url[hash..] : "";
        var address = url[..(url.Length - fragment.Length)];
        var question = address.IndexOf('?');
        var place = UserInfo().Replace(question < 0 ? address : address[..question], $"$1{Mark}@");
        var end = fragment.Contains('=') ? "#" + RedactQuery(fragment[1..]) : ByValue(fragment, 0);
        return ByValue(place, 0) + (question < 0 ? "" : "?" + RedactQuery(address[(question + 1)..])) + end;
    }

    private string RedactParameter(string parameter)
    {
        var equals = parameter.IndexOf('=');
        if (equals < 0)
            return ByValue(parameter, 0);
        var name = Decode(parameter[..equals]);
        if (_names.IsSecret(name))
            return parameter[..(equals + 1)] + Mark;
        var value = Decode(parameter[(equals + 1)..]);
        var redacted = Redact(value);
        return ByValue(redacted == value ? parameter : parameter[..(equals + 1)] + Uri.EscapeDataString(redacted), 0);
    }

    private string Redact(string text, int depth) =>
        string.Concat(JsonSequence.Split(text).Select(piece => piece.Json is { } json ? Redact(piece.Text, json, depth) : RedactPlain(piece.Text, depth)));

    private string Redact(string text, JsonNode json, int depth)
    {
        var before = json.ToJsonString(Compact);
        var after = Redact(json, depth + 1)!.ToJsonString(Compact);
        return before == after ? ByValue(text, depth) : after;
    }

    private string RedactPlain(string text, int depth)
    {
        text = Url().Replace(text, match => RedactUrl(match.Value));
        var redacted = new StringBuilder();
        var written = 0;
        foreach (var place in _shapes.Find(text))
        {
            redacted.Append(text, written, place.Start.Value - written).Append(Mark);
            written = place.End.Value;
        }
        return ByValue(redacted.Append(text, written, text.Length - written).ToString(), depth);
    }

    /// <param name="json">The value.</param>
    /// <param name="depth">How many encodings it is in.</param>
    /// <param name="isSecret">Whether all texts and numbers of it are secrets; a number stays one.</param>
    private JsonNode? Redact(JsonNode? json, int depth, bool isSecret = false)
    {
        switch (json)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, value) in members)
                {
                    var isNamed = value?.GetValueKind() == JsonValueKind.String && _names.IsSecret(name);
                    copy[ByValue(name, depth)] = Redact(value, depth, isSecret || isNamed || _names.IsSurelySecret(name));
                }
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Redact(item, depth, isSecret))]);
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                return isSecret ? Mark : Redact(text.GetValue<string>(), depth);
            case JsonValue number when isSecret && number.GetValueKind() == JsonValueKind.Number:
                return 0;
            case JsonValue value:
                var raw = value.ToJsonString();
                return Array.Exists(_secrets, secret => raw == secret) ? Mark : value.DeepClone();
            default:
                return null;
        }
    }

    private string ByValue(string text, int depth)
    {
        if (HasForm(text))
        {
            foreach (var form in _forms)
                text = text.Replace(form, Mark, StringComparison.Ordinal);
        }
        if (depth >= Deepest || _secrets.Length == 0)
            return text;
        // Only what hides a secret is decoded: everything else stays as it was.
        if (text.Contains('%') && Opened(text, Decode) is { } decoded)
            text = ByValue(decoded, depth + 1);
        if (text.Contains('\\') && Opened(text, Unescape) is { } unescaped)
            text = ByValue(unescaped, depth + 1);
        return Base64Run().Replace(text, run => DecodeBase64(run.Value) is { } inner && ByValue(inner, depth + 1) != inner ? Mark : run.Value);
    }

    // One pass for all forms: a list of signed addresses has thousands of them.
    private bool HasForm(string text) => text.AsSpan().ContainsAny(_anyForm.Value);

    private string? Opened(string text, Func<string, string> open)
    {
        var opened = open(text);
        return opened != text && (HasForm(opened) || ByValue(opened, Deepest - 1) != opened) ? opened : null;
    }

    private static string Decode(string text)
    {
        try
        {
            return Uri.UnescapeDataString(text.Replace('+', ' '));
        }
        catch (UriFormatException)
        {
            return text;
        }
    }

    /// <summary>A text without the escapes of JSON strings.</summary>
    public static string Unescape(string text) => JsonEscape().Replace(
        text, match => match.Groups[1].Success ? ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString() : match.Value[1..]);

    /// <summary>The text that a run of base64 is; null where it is none.</summary>
    public static string? DecodeBase64(string run)
    {
        var plain = run.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var padded = plain.PadRight((plain.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex(@"^([a-z][a-z0-9+.-]*://)[^/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]{0,30}://[^\s""'<>\\]+", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex("[A-Za-z0-9+/_-]{12,}={0,2}")]
    private static partial Regex Base64Run();

    [GeneratedRegex(@"\\(?:u([0-9a-fA-F]{4})|.)", RegexOptions.Singleline)]
    private static partial Regex JsonEscape();
}
