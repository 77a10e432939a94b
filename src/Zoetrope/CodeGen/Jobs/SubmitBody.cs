using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>
/// The body of a submit by a declared protocol: the members that the protocol adds, and the model's input beside or below them. Generated code adds
/// the members, and <see cref="DeclaredProtocol"/> writes the body.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SubmitBody
{
    private readonly JsonWriter _writer;
    private readonly RawJson _input;
    private readonly List<string> _names = [];
    private Func<ReadOnlyMemory<byte>, RequestBody>? _form;
    private bool _isNested;

    internal SubmitBody(RawJson input, SubmitOptions? options, string? idempotencyKey)
    {
        _input = input;
        Options = options;
        IdempotencyKey = idempotencyKey;
        _writer = new JsonWriter(input.Utf8.Length + 256);
        _writer.WriteStartObject();
    }

    /// <summary>The address of the webhook; null for none.</summary>
    public string? Webhook => Options?.WebhookUrl?.AbsoluteUri;

    /// <summary>The secret of the webhook; null for none.</summary>
    public string? WebhookSecret => Options?.WebhookSecret;

    /// <summary>The key of this logical submit, which all attempts share; null where the provider honors none.</summary>
    public string? IdempotencyKey { get; }

    /// <summary>The caller's own id of the job; null for none.</summary>
    public string? OwnId => Options?.OwnId;

    /// <summary>The headers that the protocol adds.</summary>
    internal List<KeyValuePair<string, string>> Headers { get; } = [];

    private SubmitOptions? Options { get; }

    /// <summary>Adds a member with a string; null adds none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, string? value)
    {
        if (value is null)
            return;
        _names.Add(name);
        _writer.WriteString(name, value);
    }

    /// <summary>Adds a member with a JSON value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="json">The value, well-formed.</param>
    public void AddRaw(string name, ReadOnlySpan<byte> json)
    {
        _names.Add(name);
        _writer.WritePropertyName(name);
        _writer.WriteRawValue(json);
    }

    /// <summary>Adds a member of an object inside the body, with a string; null adds none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="path">The names that lead to it.</param>
    public void AddNested(string? value, params ReadOnlySpan<string> path)
    {
        if (value is null)
            return;
        _names.Add(path[0]);
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteStartObject(path[i]);
        _writer.WriteString(path[^1], value);
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteEndObject();
    }

    /// <summary>Adds the address of the webhook to an object inside the body, and its secret beside it; adds nothing without an address.</summary>
    /// <param name="secretName">The name of the secret.</param>
    /// <param name="path">The names that lead to the address.</param>
    public void AddWebhook(string secretName, params ReadOnlySpan<string> path)
    {
        if (Webhook is null)
            return;
        _names.Add(path[0]);
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteStartObject(path[i]);
        _writer.WriteString(path[^1], Webhook);
        if (WebhookSecret is { } secret)
            _writer.WriteString(secretName, secret);
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteEndObject();
    }

    /// <summary>Sends the members as <c>multipart/form-data</c>.</summary>
    // A delegate, so that apps whose providers take JSON do not contain the code of forms.
    public void AsMultipart() => _form = SubmitForms.Multipart;

    /// <summary>Sends the members as <c>application/x-www-form-urlencoded</c>.</summary>
    public void AsUrlEncoded() => _form = SubmitForms.UrlEncoded;

    /// <summary>Adds a header; null adds none.</summary>
    public void AddHeader(string name, string? value)
    {
        if (value is not null)
            Headers.Add(new(name, value));
    }

    /// <summary>Puts the input below the body's root.</summary>
    /// <param name="isArray">Whether it is the only item of an array.</param>
    /// <param name="path">The names that lead to it.</param>
    public void AddInput(bool isArray, params ReadOnlySpan<string> path)
    {
        _isNested = true;
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteStartObject(path[i]);
        _writer.WritePropertyName(path[^1]);
        if (isArray)
            _writer.WriteStartArray();
        _input.Write(_writer);
        if (isArray)
            _writer.WriteEndArray();
        for (var i = 0; i < path.Length - 1; i++)
            _writer.WriteEndObject();
    }

    /// <summary>The whole body.</summary>
    /// <exception cref="ArgumentException">The input is not an object, or has a member that the protocol sets. Nothing was sent.</exception>
    internal ReadOnlyMemory<byte> ToBytes()
    {
        if (!_isNested)
            CopyInput();
        _writer.WriteEndObject();
        return _writer.Written;
    }

    /// <summary>The form of the body; null where it is JSON.</summary>
    /// <param name="json">The whole body.</param>
    internal RequestBody? ToForm(ReadOnlyMemory<byte> json) => _form?.Invoke(json);

    // The input has no white space between its tokens, so its members are everything between the braces.
    private void CopyInput()
    {
        if (_input.Kind != JsonValueKind.Object)
            throw new ArgumentException($"The input must be a JSON object, not {_input.Kind}. Nothing was sent.");
        RefuseNames();
        var members = _input.Utf8[1..^1];
        if (!members.IsEmpty)
            _writer.WriteRawValue(members);
    }

    private void RefuseNames()
    {
        if (_names.Count == 0)
            return;
        var reader = _input.CreateReader(int.MaxValue);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            foreach (var name in _names)
            {
                if (reader.ValueTextEquals(name))
                    throw new ArgumentException($"'{name}' is set by the client, and must not be a member of the input. Nothing was sent.");
            }
            reader.Skip();
        }
    }
}
