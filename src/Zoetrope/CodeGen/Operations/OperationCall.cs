using System.ComponentModel;
using System.Globalization;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Operations;
using Zoetrope.Validation;

namespace Zoetrope.CodeGen.Operations;

/// <summary>
/// One call of an operation, put together by generated code: first the path from left to right, then the rest in any order. What is not set is not called.
/// It is sent once, by the client.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class OperationCall
{
    private const string NotNested = "a single value, a list of single values or an object of single values";

    // Addresses take a backslash for a slash.
    private static readonly char[] SegmentEnds = ['/', '\\', '?', '#'];

    private readonly StringBuilder _path = new(64);
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private StringBuilder? _query;
    private StringBuilder? _cookies;
    private List<PathPart>? _pathParts;
    private ValidationContext _rules;

    // What cannot be sent as it is, whether or not the user wants the document's rules to be checked.
    private ValidationContext _unwritable;

    /// <summary>Begins a call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="name">The operation's name, for messages, activities and meters.</param>
    public OperationCall(HttpMethod method, string name)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Method = method;
        Name = name;
    }

    /// <summary>
    /// Where what is wrong with the request is collected, by one call a rule as in validators: <c>call.Rules.Length(assetId, "asset_id", 1, 64)</c>. The client
    /// throws all of it at once, before anything is sent.
    /// </summary>
    public ref ValidationContext Rules => ref _rules;

    internal HttpMethod Method { get; }

    internal string Name { get; }

    internal string? AcceptedTypes { get; private set; }

    internal string? ServerUrl { get; private set; }

    internal bool IsAnonymous { get; private set; }

    internal bool IsKeyOptional { get; private set; }

    internal bool TakesRedirects { get; private set; }

    internal bool TakesNotModified { get; private set; }

    internal RequestBody? Body { get; private set; }

    internal List<KeyValuePair<string, string>> Headers => _headers;

    internal string? Cookies => _cookies?.ToString();

    /// <summary>A piece of the path as it is.</summary>
    /// <param name="path">The piece; the first begins with a slash.</param>
    public OperationCall Literal(string path)
    {
        _path.Append(path);
        return this;
    }

    /// <summary>A parameter in the path. One that is empty, or would lead to another path, is reported as not valid.</summary>
    /// <param name="name">Its name in the document.</param>
    /// <param name="value">Its value.</param>
    /// <param name="style"><see cref="ParameterStyle.Simple"/>, <see cref="ParameterStyle.Label"/>, <see cref="ParameterStyle.Matrix"/> or <see cref="ParameterStyle.Json"/>.</param>
    /// <param name="explode">Whether parts of lists and objects are written one by one.</param>
    public OperationCall Path<T, TCodec>(string name, T value, ParameterStyle style = ParameterStyle.Simple, bool explode = false)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (!CanBeWritten(name, parameter))
            return this;
        _unwritable.Text(parameter.Single, name);
        var start = _path.Length;
        if (style is ParameterStyle.Label or ParameterStyle.Matrix)
            _path.Append(style == ParameterStyle.Label ? '.' : ';');
        var writer = style switch
        {
            ParameterStyle.Label => ParameterWriter.Label,
            ParameterStyle.Matrix => ParameterWriter.Matrix,
            _ => ParameterWriter.Simple,
        };
        var before = _path.Length;
        writer.Write(_path, name, parameter, explode);
        (_pathParts ??= []).Add(new PathPart(name, start, _path.Length, _path.Length == before || parameter.Single is { Length: 0 }));
        return this;
    }

    /// <summary>A parameter in the query. An empty list, and an empty object, is nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="style">
    /// <see cref="ParameterStyle.Form"/>, <see cref="ParameterStyle.SpaceDelimited"/>, <see cref="ParameterStyle.PipeDelimited"/>,
    /// <see cref="ParameterStyle.DeepObject"/> or <see cref="ParameterStyle.Json"/>.
    /// </param>
    /// <param name="explode">Whether parts of lists and objects are written one by one.</param>
    /// <param name="allowReserved">Whether reserved characters, and what is percent-encoded already, are left as they are, unless they would end the parameter.</param>
    public OperationCall Query<T, TCodec>(string name, T value, ParameterStyle style = ParameterStyle.Form, bool explode = true, bool allowReserved = false)
        where TCodec : struct, IJsonCodec<T>
    {
        var writer = ParameterWriter.Query(style, allowReserved);
        if (style == ParameterStyle.DeepObject)
        {
            var pairs = FormValues.Deep<T, TCodec>(name, value, out var isUnicode);
            if (!isUnicode)
                _unwritable.Add(name, ValidationRule.Type, "texts that are valid Unicode", "text that is not valid Unicode");
            foreach (var pair in pairs)
                writer.Write(NextInQuery(), pair.Key, ParameterValue.OfText(pair.Value), explode);
            return this;
        }
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (CanBeWritten(name, parameter) && !parameter.IsNothing)
            writer.Write(NextInQuery(), name, parameter, explode);
        return this;
    }

    /// <summary>
    /// A parameter in a header. An empty list, and an empty object, is nothing. The header that carries the client's key, and those that frame the message, such as <c>Host</c>
    /// and <c>Content-Type</c>, are refused when the call is sent; those about the body, such as <c>Content-Language</c>, are refused where there is none.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="explode">Whether the members of objects are written as <c>key=value</c>.</param>
    /// <param name="style"><see cref="ParameterStyle.Simple"/> or <see cref="ParameterStyle.Json"/>.</param>
    public OperationCall Header<T, TCodec>(string name, T value, bool explode = false, ParameterStyle style = ParameterStyle.Simple)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (!CanBeWritten(name, parameter) || parameter.IsNothing)
            return this;
        var text = new StringBuilder();
        ParameterWriter.Header.Write(text, name, parameter, explode);
        _headers.Add(new(name, style == ParameterStyle.Json ? Ascii(text.ToString()) : text.ToString()));
        return this;
    }

    /// <summary>A parameter in a cookie. An empty list, and an empty object, is nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="explode">Whether parts of lists and objects are cookies of their own.</param>
    /// <param name="style"><see cref="ParameterStyle.Form"/> or <see cref="ParameterStyle.Json"/>.</param>
    public OperationCall Cookie<T, TCodec>(string name, T value, bool explode = true, ParameterStyle style = ParameterStyle.Form)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (CanBeWritten(name, parameter) && !parameter.IsNothing)
            ParameterWriter.Cookie.Write(NextCookie(), name, parameter, explode);
        return this;
    }

    /// <summary>The media types that the answer may have; without it, those that fit what the client makes of the answer.</summary>
    public OperationCall Accept(string mediaTypes)
    {
        AcceptedTypes = mediaTypes;
        return this;
    }

    /// <summary>
    /// The server of an operation that is not at the API's own. It must be among <see cref="ApiDefinition.Hosts"/>. Where the user has set a base URL, that
    /// replaces this one too.
    /// </summary>
    public OperationCall Server(string url)
    {
        ServerUrl = url;
        return this;
    }

    /// <summary>Says that the operation needs no key; then none is sent.</summary>
    public OperationCall Anonymous()
    {
        IsAnonymous = true;
        return this;
    }

    /// <summary>Says that the operation can be called without a key: one that there is is sent, and without one nothing is refused.</summary>
    public OperationCall KeyOptional()
    {
        IsKeyOptional = true;
        return this;
    }

    /// <summary>Says that a redirect is what the operation gives: status and <c>Location</c> are the caller's, and nothing is followed.</summary>
    public OperationCall Redirect()
    {
        TakesRedirects = true;
        return this;
    }

    /// <summary>Says that the operation can answer 304, which is thrown as <see cref="NotModifiedException"/>.</summary>
    public OperationCall NotModified()
    {
        TakesNotModified = true;
        return this;
    }

    /// <summary>Checks a part of the request; null is fine.</summary>
    /// <param name="value">The part.</param>
    /// <param name="path">Its name in messages; empty for the request as a whole.</param>
    public OperationCall Validate(IValidatable? value, string path = "")
    {
        _rules.Nested(value, path);
        return this;
    }

    internal void AddKey(ApiKeyLocation place, string key)
    {
        if (place.QueryName is { } parameter)
            Query<string, StringCodec>(parameter, key);
        else if (place.CookieName is { } cookie)
            Cookie<string, StringCodec>(cookie, key);
    }

    /// <summary>Throws when something is wrong.</summary>
    /// <param name="rules">Whether the document's rules count too.</param>
    internal void Check(bool rules)
    {
        CheckSegments(_path.ToString());
        var problems = _unwritable.ToResult();
        if (rules && _rules.ToResult() is { IsValid: false } broken)
            problems = problems.IsValid ? broken : new ValidationResult([.. problems.Issues, .. broken.Issues]);
        problems.ThrowIfInvalid();
    }

    /// <summary>Whether the path is a whole URL.</summary>
    internal bool IsAbsolute => _path.Length > 0 && _path[0] != '/';

    /// <summary>The path with the query.</summary>
    internal string Target()
    {
        var path = _path.ToString();
        if (_query is null || _query.Length == 0)
            return path;
        return path + (path.Contains('?') ? '&' : '?') + _query;
    }

    private StringBuilder NextCookie()
    {
        _cookies ??= new StringBuilder();
        return _cookies.Length > 0 ? _cookies.Append("; ") : _cookies;
    }

    private bool CanBeWritten(string name, in ParameterValue value)
    {
        var problem = value.Nested ?? (value.HasListMember ? "an object with a list in it" : null);
        if (problem is not null)
            _unwritable.Add(name, ValidationRule.Type, NotNested, problem);
        return problem is null;
    }

    private StringBuilder NextInQuery()
    {
        _query ??= new StringBuilder(64);
        return _query.Length > 0 ? _query.Append('&') : _query;
    }

    /// <summary>Reports parameters that are empty, and those that make a segment to <c>.</c> or <c>..</c>, which would be another path.</summary>
    private void CheckSegments(string path)
    {
        foreach (var part in _pathParts ?? [])
        {
            var start = path.AsSpan(0, part.Start).LastIndexOfAny(SegmentEnds) + 1;
            var end = path.IndexOfAny(SegmentEnds, part.End);
            var segment = path[start..(end < 0 ? path.Length : end)];
            if (part.IsEmpty || segment is "." or "..")
                _unwritable.Add(part.Name, ValidationRule.PathSegment, "a part of a path", part.IsEmpty ? "empty" : $"'{segment}', which leads to another one");
        }
    }

    private static ParameterValue JsonText<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T> => ParameterValue.OfText(Encoding.UTF8.GetString(JsonModel.ToUtf8<T, TCodec>(value)));

    // Headers hold ASCII only, and JSON has its own way to write the rest.
    private static string Ascii(string json)
    {
        var text = new StringBuilder(json.Length);
        foreach (var unit in json)
        {
            if (unit <= '~')
                text.Append(unit);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        }
        return text.ToString();
    }

    private readonly record struct PathPart(string Name, int Start, int End, bool IsEmpty);
}
