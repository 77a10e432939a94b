using System.Globalization;
using System.Text;
using Zoetrope.Json;
using Zoetrope.Text;
using Zoetrope.Validation;

namespace Zoetrope.CodeGen.Operations;

/// <content>The parameters of a call: in its path, its query, its headers and its cookies.</content>
public sealed partial class OperationCall
{
    private const string Decodable = "texts that are valid Unicode";
    private const string NotNested = "a single value, a list of single values or an object of single values";

    /// <summary>Adds a path parameter. If it is empty, or would lead to another path, it is reported as not valid.</summary>
    /// <param name="name">The name in the specification.</param>
    /// <param name="value">The value.</param>
    /// <param name="style">
    /// <see cref="ParameterStyle.Simple"/>, <see cref="ParameterStyle.Label"/>, <see cref="ParameterStyle.Matrix"/> or <see cref="ParameterStyle.Json"/>.
    /// </param>
    /// <param name="explode">Whether parts of lists and objects are written separately.</param>
    public OperationCall Path<T, TCodec>(string name, T value, ParameterStyle style = ParameterStyle.Simple, bool explode = false)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (!CanBeWritten(name, parameter))
            return this;
        _unwritable.Text(parameter.Single, name);
        var start = Written.Length;
        if (style is ParameterStyle.Label or ParameterStyle.Matrix)
            Written.Append(style == ParameterStyle.Label ? '.' : ';');
        var writer = style switch
        {
            ParameterStyle.Label => ParameterWriter.Label,
            ParameterStyle.Matrix => ParameterWriter.Matrix,
            _ => ParameterWriter.Simple,
        };
        var before = Written.Length;
        writer.Write(Written, name, parameter, explode);
        (_pathParts ??= []).Add(new PathPart(name, start, Written.Length, Written.Length == before || parameter.Single is { Length: 0 }));
        return this;
    }

    /// <summary>
    /// Adds a path parameter that may span several segments: slashes in a text, and what separates the items of a list, are slashes of the path. Empty
    /// segments, <c>.</c> and <c>..</c> would lead to another path and are reported as not valid.
    /// </summary>
    /// <param name="name">The name in the specification.</param>
    /// <param name="value">The value.</param>
    public OperationCall PathSegments<T, TCodec>(string name, T value)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = ParameterValue.Of<T, TCodec>(value);
        if (parameter.Members is not null || parameter.Nested is not null)
        {
            var found = parameter.Nested ?? "an object";
            _unwritable.Add(name, ValidationRule.Type, found == ParameterValue.BadText ? Decodable : "a single value or a list of single values", found);
            return this;
        }
        _unwritable.Text(parameter.Single, name);
        var start = Written.Length;
        var segments = parameter.Items ?? [.. (parameter.Single ?? "").Split('/')];
        for (var i = 0; i < segments.Count; i++)
        {
            if (i > 0)
                Written.Append('/');
            Written.AppendEscaped(segments[i]);
        }
        (_pathParts ??= []).Add(new PathPart(name, start, Written.Length, Written.Length == start));
        return this;
    }

    /// <summary>Adds a query parameter. An empty list or object adds nothing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="style">
    /// <see cref="ParameterStyle.Form"/>, <see cref="ParameterStyle.SpaceDelimited"/>, <see cref="ParameterStyle.PipeDelimited"/>,
    /// <see cref="ParameterStyle.DeepObject"/> or <see cref="ParameterStyle.Json"/>.
    /// </param>
    /// <param name="explode">Whether parts of lists and objects are written separately.</param>
    /// <param name="allowReserved">
    /// Whether reserved characters, and sequences that are already percent-encoded, are not escaped, unless they would end the parameter.
    /// </param>
    public OperationCall Query<T, TCodec>(string name, T value, ParameterStyle style = ParameterStyle.Form, bool explode = true, bool allowReserved = false)
        where TCodec : struct, IJsonCodec<T>
    {
        var writer = ParameterWriter.Query(style, allowReserved);
        if (style == ParameterStyle.DeepObject)
        {
            var pairs = FormValues.Deep<T, TCodec>(name, value, out var isUnicode);
            if (!isUnicode)
                _unwritable.Add(name, ValidationRule.Type, Decodable, ParameterValue.BadText);
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
    /// Adds a header parameter. An empty list or object adds nothing. The header that carries the client's key, and those that frame the message,
    /// such as <c>Host</c> and <c>Content-Type</c>, are refused when the call is sent; those about the body, such as <c>Content-Language</c>, are refused if
    /// the call has no body.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="explode">Whether the members of objects are written as <c>key=value</c>.</param>
    /// <param name="style"><see cref="ParameterStyle.Simple"/> or <see cref="ParameterStyle.Json"/>.</param>
    public OperationCall Header<T, TCodec>(string name, T value, bool explode = false, ParameterStyle style = ParameterStyle.Simple)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (!CanBeWritten(name, parameter) || parameter.IsNothing)
            return this;
        var text = TextBuffer.Begin();
        ParameterWriter.Header.Write(text, name, parameter, explode);
        Headers.Add(new(name, style == ParameterStyle.Json ? Ascii(text.ToString()) : text.ToString()));
        text.End();
        return this;
    }

    /// <summary>Adds a cookie parameter. An empty list or object adds nothing.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="explode">Whether parts of lists and objects become separate cookies.</param>
    /// <param name="style"><see cref="ParameterStyle.Form"/> or <see cref="ParameterStyle.Json"/>.</param>
    public OperationCall Cookie<T, TCodec>(string name, T value, bool explode = true, ParameterStyle style = ParameterStyle.Form)
        where TCodec : struct, IJsonCodec<T>
    {
        var parameter = style == ParameterStyle.Json ? JsonText<T, TCodec>(value) : ParameterValue.Of<T, TCodec>(value);
        if (CanBeWritten(name, parameter) && !parameter.IsNothing)
            ParameterWriter.Cookie.Write(NextCookie(), name, parameter, explode);
        return this;
    }

    private TextBuffer NextCookie()
    {
        _cookies ??= TextBuffer.Begin();
        if (_cookies.Length > 0)
            _cookies.Append("; ");
        return _cookies;
    }

    private bool CanBeWritten(string name, in ParameterValue value)
    {
        var problem = value.Nested ?? (value.HasListMember ? "an object with a list in it" : null);
        if (problem is not null)
            _unwritable.Add(name, ValidationRule.Type, problem == ParameterValue.BadText ? Decodable : NotNested, problem);
        return problem is null;
    }

    private TextBuffer NextInQuery()
    {
        var isFirst = _pathLength < 0;
        if (isFirst)
            _pathLength = Written.Length;
        Written.Append(isFirst && !Written.Text.Contains('?') ? '?' : '&');
        return Written;
    }

    private static ParameterValue JsonText<T, TCodec>(T value)
        where TCodec : struct, IJsonCodec<T> => ParameterValue.OfText(Encoding.UTF8.GetString(JsonModel.ToUtf8<T, TCodec>(value)));

    // Headers are ASCII only, and JSON has its own escapes for the rest.
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
}
