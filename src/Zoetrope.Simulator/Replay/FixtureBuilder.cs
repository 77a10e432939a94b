using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Creates a fixture of what was recorded. All secrets of the recording are collected first, each where its name gives it away; then every one of them is taken
/// out of everything, so that a token which one response brings is not left in the requests that use it.
/// </summary>
internal sealed class FixtureBuilder(RecordingOptions options)
{
    /// <summary>A shorter value is only taken out where its name is, because it is part of other words.</summary>
    private const int ShortestValue = 6;

    private static readonly HashSet<string> _left = new(StringComparer.OrdinalIgnoreCase)
    {
        // These are of a connection, of a moment or of a machine, and no part of what was asked and said.
        "Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Expect", "traceparent", "tracestate", "baggage", "User-Agent", "Date",
        "Server", "Alt-Svc", "Set-Cookie", "Cookie", "Via", "CF-RAY", "Report-To", "NEL",
    };

    private static readonly string[] _fields = ["data:", "event:", "id:", "retry:", ":"];

    private readonly SecretNameRules _names = new(options.SecretNames);
    private readonly SecretShapes _shapes = new(new(options.SecretNames));
    private readonly HashSet<string> _secrets = new(options.Secrets.Where(secret => secret.Length > 0), StringComparer.Ordinal);

    /// <summary>The exchanges without secrets.</summary>
    public IReadOnlyList<FixtureExchange> Build(IReadOnlyList<RawExchange> recorded)
    {
        var read = recorded.Select(raw => (
            Raw: raw,
            Sent: raw.HasBody ? BodyReader.ReadRequest(raw.Sent.Take()) : null,
            Received: BodyReader.ReadResponse(raw, options.MaxBodyBytes, out var isDecoded),
            IsDecoded: isDecoded)).ToList();
        foreach (var (raw, sent, received, _) in read)
            Collect(raw, sent, received);
        var text = new SecretText(_names, _secrets);
        return [.. read.Select(exchange => Write(exchange.Raw, exchange.Sent, exchange.Received, exchange.IsDecoded, text))];
    }

    private static FixtureExchange Write(RawExchange raw, FixtureBody? sent, FixtureBody? received, bool isDecoded, SecretText text) =>
        new(raw.Method, text.RedactUrl(raw.Url), Headers(raw.Headers, false, text), Redact(sent, raw.ContentType, text))
        {
            Response = raw.Status is { } status
                ? new(status, raw.AfterMs, ResponseHeaders(raw, isDecoded, text), Redact(received, raw.ResponseHeader("Content-Type"), text))
                : null,
            Failure = raw.Status is null || !raw.IsWhole ? Failure(raw, text) : null,
        };

    private static FixtureFailure Failure(RawExchange raw, SecretText text) => (raw.Failure ?? raw.Received.Failure) is { } failure
        ? new(FixtureFailure.KindOf(failure), text.Redact(failure.Message), raw.EndedAfterMs)
        : new(FixtureFailure.Canceled, raw.WhyUnfinished, raw.EndedAfterMs);

    // The length of a body that is not in the fixture, or not all of it, can only be seen in its header.
    private static List<KeyValuePair<string, string>> ResponseHeaders(RawExchange raw, bool isDecoded, SecretText text)
    {
        var headers = Headers(raw.ResponseHeaders, isDecoded, text);
        if ((raw.HasNoBody || !raw.IsWhole) && !isDecoded && raw.ResponseHeader(FixtureResponse.LengthHeader) is { } length)
            headers.Insert(0, new(FixtureResponse.LengthHeader, length));
        return headers;
    }

    private static List<KeyValuePair<string, string>> Headers(IReadOnlyList<KeyValuePair<string, string>> headers, bool isDecoded, SecretText text) =>
    [
        .. headers
            .Where(header => !_left.Contains(header.Key) && !(isDecoded && header.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)))
            .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => KeyValuePair.Create(header.Key, text.RedactHeader(header.Key, header.Value))),
    ];

    private static FixtureBody? Redact(FixtureBody? body, string? contentType, SecretText text) => body switch
    {
        FixtureBody.Json json => new FixtureBody.Json(text.Redact(json.Value)),
        FixtureBody.Text plain when BodyReader.IsForm(contentType) => new FixtureBody.Text(text.RedactQuery(plain.Value)),
        FixtureBody.Text plain => new FixtureBody.Text(text.Redact(plain.Value)),
        FixtureBody.Bytes bytes => new FixtureBody.Bytes(text.Redact(bytes.Value)),
        FixtureBody.Events events => new FixtureBody.Events([.. events.Items.Select(item => item with { Text = RedactLines(item.Text, text) })]),
        FixtureBody.Form form => new FixtureBody.Form([.. form.Parts.Select(part => new FormPart(
            part.Name, part.FileName is { } file ? text.Redact(file) : null, text.IsSecretName(part.Name)
                ? new FixtureBody.Text(SecretText.Mark)
                : Redact(part.Body, null, text)!))]),
        _ => body,
    };

    private static string RedactLines(string text, SecretText secrets) =>
        string.Join('\n', text.Split('\n').Select(line =>
        {
            var at = ValueIn(line);
            return line[..at] + secrets.Redact(line[at..]);
        }));

    /// <summary>Where the value of a line of a stream of events begins.</summary>
    private static int ValueIn(string line)
    {
        if (Array.Find(_fields, field => line.StartsWith(field, StringComparison.Ordinal)) is not { } name)
            return 0;
        return name.Length < line.Length && line[name.Length] == ' ' ? name.Length + 1 : name.Length;
    }

    private void Collect(RawExchange raw, FixtureBody? sent, FixtureBody? received)
    {
        foreach (var (name, value) in raw.Headers.Concat(raw.ResponseHeaders))
        {
            if (_names.IsSecret(name))
                AddCredentials(value);
            else
                CollectText(value);
        }
        CollectUrl(raw.Url);
        Collect(sent);
        Collect(received);
        if (received is FixtureBody.Json { Value: JsonValue token } && token.GetValueKind() == JsonValueKind.String
            && new Uri(raw.Url).AbsolutePath.Contains("token", StringComparison.OrdinalIgnoreCase))
            Add(token.GetValue<string>());
    }

    private void Collect(FixtureBody? body)
    {
        switch (body)
        {
            case FixtureBody.Json json:
                Collect(json.Value);
                break;
            case FixtureBody.Text text:
                CollectQuery(text.Value);
                CollectText(text.Value);
                break;
            case FixtureBody.Bytes bytes:
                var latin = Encoding.Latin1.GetString(bytes.Value);
                AddAll(latin, _shapes.FindParameters(latin));
                break;
            case FixtureBody.Events events:
                foreach (var line in events.Items.SelectMany(item => item.Text.Split('\n')))
                    CollectText(line[ValueIn(line)..].Trim());
                break;
            case FixtureBody.Form form:
                foreach (var part in form.Parts)
                {
                    if (_names.IsSecret(part.Name) && part.Body is FixtureBody.Text value)
                        Add(value.Value);
                    Collect(part.Body);
                }
                break;
        }
    }

    private void Collect(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    // A word that is the value of a 'key' may be anywhere else, too.
                    if (value?.GetValueKind() == JsonValueKind.String && _names.IsSecret(name)
                        && (_names.IsSurelySecret(name) || SecretNameRules.LooksRandom(value.GetValue<string>())))
                        Add(value.GetValue<string>());
                    Collect(value);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                    Collect(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                CollectText(value.GetValue<string>());
                break;
        }
    }

    private void CollectText(string text)
    {
        foreach (var (piece, json) in JsonSequence.Split(text))
        {
            if (json is not null)
            {
                Collect(json);
                continue;
            }
            CollectUrl(piece);
            AddAll(piece, _shapes.Find(piece));
        }
    }

    /// <summary>Adds what a text has at these places, unless it is a word that may be anywhere.</summary>
    private void AddAll(string text, List<Range> places)
    {
        foreach (var reading in places.SelectMany(place => SecretShapes.Readings(text[place])).Where(SecretNameRules.LooksRandom))
            AddCredentials(reading);
    }

    private void CollectUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !text.Contains("://", StringComparison.Ordinal))
            return;
        if (url.UserInfo.Length > 0)
            AddCredentials(Uri.UnescapeDataString(url.UserInfo));
        CollectQuery(url.Query.TrimStart('?'));
    }

    private void CollectQuery(string query)
    {
        foreach (var parameter in query.Split('&'))
        {
            if (parameter.IndexOf('=') is not (> 0 and var equals))
                continue;
            var value = Uri.UnescapeDataString(parameter[(equals + 1)..]);
            if (_names.IsSecret(Uri.UnescapeDataString(parameter[..equals])))
                Add(value);
            else
                CollectUrl(value);
        }
    }

    /// <summary>Adds a key, and the secret half of a key in two halves.</summary>
    private void AddCredentials(string value)
    {
        var credentials = value.IndexOf(' ') is > 0 and var space ? value[(space + 1)..].Trim() : value;
        Add(credentials);
        var plain = SecretText.DecodeBase64(credentials) is { } decoded && decoded.Contains(':') && decoded.All(c => c is > ' ' and < (char)127)
            ? decoded
            : credentials;
        foreach (var half in plain.Split(':'))
            Add(half);
    }

    private void Add(string secret)
    {
        if (secret.Length >= ShortestValue)
            _secrets.Add(secret);
    }
}
