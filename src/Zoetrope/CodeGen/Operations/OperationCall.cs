using System.ComponentModel;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Operations;
using Zoetrope.Text;
using Zoetrope.Validation;

namespace Zoetrope.CodeGen.Operations;

/// <summary>
/// One call of an operation, built by generated code: first the path from left to right, then the rest in any order. Parts that are not set are not added.
/// The client sends it once, or once for each page.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class OperationCall
{
    // URLs treat a backslash as a slash.
    private static readonly char[] SegmentEnds = ['/', '\\', '?', '#'];

    private List<KeyValuePair<string, string>>? _headers;

    // The path, and the query after it; null once the call was sent.
    private TextBuffer? _text = TextBuffer.Begin();
    private TextBuffer? _cookies;

    // Where the parameters of the query begin; negative without any.
    private int _pathLength = -1;
    private int _idempotencyHeader = -1;
    private List<PathPart>? _pathParts;
    private ValidationContext _rules;

    // Issues that prevent sending, whether or not the user wants the specification's rules to be checked.
    private ValidationContext _unwritable;

    private string? _keyParameter;
    private bool _hasKey;

    /// <summary>Initializes a new instance of the <see cref="OperationCall"/> class.</summary>
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
    /// Collects what is wrong with the request, with one call per rule as in validators: <c>call.Rules.Length(assetId, "asset_id", 1, 64)</c>. The client
    /// throws all issues together, before anything is sent.
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

    internal KeyValuePair<string, string>? IdempotencyHeader => _idempotencyHeader < 0 ? null : Headers[_idempotencyHeader];

    internal RequestBody? Body { get; private set; }

    internal List<KeyValuePair<string, string>> Headers => _headers ??= [];

    /// <summary>Whether the call has headers of its own.</summary>
    internal bool HasHeaders => _headers is not null;

    internal string? Cookies => _cookies?.ToString();

    /// <summary>Adds a literal segment of the path.</summary>
    /// <param name="path">The text; the first begins with a slash.</param>
    public OperationCall Literal(string path)
    {
        Written.Append(path);
        return this;
    }

    /// <summary>Sets the media types that the response may have; otherwise, those that fit the client's handling of the response.</summary>
    public OperationCall Accept(string mediaTypes)
    {
        AcceptedTypes = mediaTypes;
        return this;
    }

    /// <summary>
    /// Sets the server of an operation that differs from the API's own. It must be one of <see cref="ApiDefinition.Hosts"/>. A base URL that the user has set
    /// overrides it, too.
    /// </summary>
    public OperationCall Server(string url)
    {
        ServerUrl = url;
        return this;
    }

    /// <summary>Declares that the operation does not need a key; none is sent.</summary>
    public OperationCall Anonymous()
    {
        IsAnonymous = true;
        return this;
    }

    /// <summary>Declares that the key is optional: it is sent if there is one, and the call is not refused otherwise.</summary>
    public OperationCall KeyOptional()
    {
        IsKeyOptional = true;
        return this;
    }

    /// <summary>Declares that the operation returns redirects: the caller receives the status and <c>Location</c>, and nothing is followed.</summary>
    public OperationCall Redirect()
    {
        TakesRedirects = true;
        return this;
    }

    /// <summary>Declares that the operation can respond with 304, which is thrown as <see cref="NotModifiedException"/>.</summary>
    public OperationCall NotModified()
    {
        TakesNotModified = true;
        return this;
    }

    /// <summary>
    /// Declares the header by which the service recognizes the same call sent again: the call may be sent again after any failure. A key is made where the
    /// user gave none, so that it is the last of the headers to be added.
    /// </summary>
    /// <param name="name">The name of the header.</param>
    public OperationCall Idempotent(string name)
    {
        var given = Headers.FindIndex(header => header.Key == name);
        if (given < 0)
        {
            given = Headers.Count;
            Headers.Add(new(name, Guid.NewGuid().ToString()));
        }
        _idempotencyHeader = given;
        return this;
    }

    /// <summary>Validates a part of the request; null is valid.</summary>
    /// <param name="value">The part.</param>
    /// <param name="path">The name in messages; empty for the request as a whole.</param>
    public OperationCall Validate(IValidatable? value, string path = "")
    {
        _rules.Nested(value, path);
        return this;
    }

    internal void AddKey(ApiKeyLocation location, string key)
    {
        if (_hasKey)
            return;
        _hasKey = true;
        _keyParameter = location.QueryName;
        if (location.QueryName is { } parameter)
            Query<string, StringCodec>(parameter, key);
        else if (location.CookieName is { } cookie)
            Cookie<string, StringCodec>(cookie, key);
    }

    /// <summary>Throws if anything is wrong.</summary>
    /// <param name="rules">Whether the specification's rules are included.</param>
    internal void Check(bool rules)
    {
        if (_pathParts is not null)
            CheckSegments(new string(PathText));
        var problems = _unwritable.ToResult();
        if (rules && _rules.ToResult() is { IsValid: false } broken)
            problems = problems.IsValid ? broken : new ValidationResult([.. problems.Issues, .. broken.Issues]);
        problems.ThrowIfInvalid();
    }

    /// <summary>Whether the path is a whole URL.</summary>
    internal bool IsAbsolute => Written.Length > 0 && Written.Text[0] != '/';

    /// <summary>Returns the path with the query.</summary>
    /// <param name="root">What precedes it.</param>
    internal string Target(string root) => string.Concat(root, Written.Text);

    /// <summary>Ends the call, whose address is not asked for any more.</summary>
    internal void End()
    {
        Written.End();
        _text = null;
    }

    private TextBuffer Written => _text ?? throw new InvalidOperationException("The call was sent.");

    private ReadOnlySpan<char> PathText => _pathLength < 0 ? Written.Text : Written.Text[.._pathLength];

    /// <summary>Reports parameters that are empty, and those that turn a segment into <c>.</c> or <c>..</c>, which would be another path.</summary>
    private void CheckSegments(string path)
    {
        foreach (var part in _pathParts!)
        {
            var start = path.AsSpan(0, part.Start).LastIndexOfAny(SegmentEnds) + 1;
            var end = path.IndexOfAny(SegmentEnds, part.End);
            var problem = part.IsEmpty ? "empty" : ProblemOf(path[start..(end < 0 ? path.Length : end)]);
            if (problem is not null)
                _unwritable.Add(part.Name, ValidationRule.PathSegment, "a path segment", problem);
        }
    }

    /// <summary>Returns what is wrong with the segments of a parameter and the text around it. Only one that may span several segments has slashes.</summary>
    private static string? ProblemOf(string segments)
    {
        foreach (var segment in segments.Split('/'))
        {
            if (segment is "." or "..")
                return $"'{segment}', which leads to another path";
            if (segment.Length == 0)
                return "with an empty segment, which leads to another path";
        }
        return null;
    }

    private readonly record struct PathPart(string Name, int Start, int End, bool IsEmpty);
}
