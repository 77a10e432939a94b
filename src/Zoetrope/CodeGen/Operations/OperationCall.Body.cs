using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.CodeGen.Operations;

/// <content>The body of a call, and the types of its errors.</content>
public sealed partial class OperationCall : IErrorMaker
{
    // Most operations have one.
    private TypedError _error;
    private List<TypedError>? _errors;

    /// <summary>Sets a JSON body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">The media type.</param>
    public OperationCall Json<T, TCodec>(T body, string mediaType = "application/json")
        where TCodec : struct, IJsonCodec<T>
    {
        Body = new BytesBody(JsonModel.ToUtf8<T, TCodec>(body), mediaType);
        return this;
    }

    /// <summary>Sets a text body in UTF-8.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">The media type, to which the charset is added unless it declares one.</param>
    public OperationCall Text(string body, string mediaType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(mediaType);
        Body = new BytesBody(
            Encoding.UTF8.GetBytes(body),
            mediaType.Contains("charset=", StringComparison.OrdinalIgnoreCase) ? mediaType : mediaType + "; charset=utf-8");
        return this;
    }

    /// <summary>Sets a body that is a file.</summary>
    /// <param name="body">The file.</param>
    /// <param name="mediaType">
    /// The specified media type; if null or a wildcard, that of the file is used. A media type set on the file takes precedence.
    /// </param>
    public OperationCall Content(UploadFile body, string? mediaType = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = new FileBody(body, mediaType);
        return this;
    }

    /// <summary>Sets a body that the user created, with its headers.</summary>
    internal void Raw(HttpContent content)
    {
        var body = new RawBody(content);
        Body = body;
        Headers.AddRange(body.Headers);
    }

    /// <summary>Creates the body <c>multipart/form-data</c>, even if none of its parts is set. Parts that were added before are kept.</summary>
    public OperationCall Multipart()
    {
        Parts();
        return this;
    }

    /// <summary>
    /// Adds a part of a <c>multipart/form-data</c> body that is not a file. A list without a media type becomes a part for each item, an object JSON.
    /// </summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="value">The value; null adds nothing.</param>
    /// <param name="mediaType">
    /// The media type; a JSON type writes any value as JSON. Null declares none for texts and <c>application/json</c> for objects.
    /// </param>
    /// <param name="style">The style of lists and objects, as in <see cref="Field"/>; null is the default.</param>
    /// <param name="explode">Whether lists and objects in a style become a part for each of their items and members.</param>
    public OperationCall Part<T, TCodec>(string name, T value, string? mediaType = null, ParameterStyle? style = null, bool explode = true)
        where TCodec : struct, IJsonCodec<T>
    {
        var parts = Parts();
        if (style == ParameterStyle.Json || (mediaType is not null && IsJson(mediaType)))
        {
            parts.Add(name, JsonModel.ToUtf8<T, TCodec>(value), mediaType ?? "application/json");
            return this;
        }
        var parameter = ParameterValue.Of<T, TCodec>(value);
        if (style is { } given && FormValues.Of<T, TCodec>(name, value, parameter, given, explode) is { } pairs)
        {
            foreach (var (partName, text) in pairs)
                parts.Add(partName, Encoding.UTF8.GetBytes(text), mediaType);
            return this;
        }
        if (parameter.Single is { } single)
            parts.Add(name, Encoding.UTF8.GetBytes(single), mediaType);
        else if (parameter.Members is not null || parameter.Nested is not null)
            parts.Add(name, JsonModel.ToUtf8<T, TCodec>(value), mediaType ?? "application/json");
        foreach (var item in parameter.Items ?? [])
            parts.Add(name, Encoding.UTF8.GetBytes(item), mediaType);
        return this;
    }

    /// <summary>Adds a part of a <c>multipart/form-data</c> body that is a file; several parts may have one name.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="file">The file.</param>
    /// <param name="mediaType">The specified media type, as in <see cref="Content"/>.</param>
    public OperationCall File(string name, UploadFile file, string? mediaType = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        Parts().Add(name, file, mediaType);
        return this;
    }

    /// <summary>Adds a part of a <c>multipart/form-data</c> body that is a file, or several, or a value.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="value">The files or the value.</param>
    /// <param name="mediaType">The specified media type; a JSON type applies to the value, any other to the files.</param>
    /// <param name="style">The style of a value, as in <see cref="Part"/>.</param>
    /// <param name="explode">As in <see cref="Part"/>.</param>
    public OperationCall FileOr<T, TCodec>(string name, UploadFileOr<T> value, string? mediaType = null, ParameterStyle? style = null, bool explode = true)
        where TCodec : struct, IJsonCodec<T>
    {
        ArgumentNullException.ThrowIfNull(value);
        var isOfValue = mediaType is not null && IsJson(mediaType);
        if (value.Files is null)
            return Part<T, TCodec>(name, value.Value!, isOfValue ? mediaType : null, style, explode);
        foreach (var file in value.Files)
            File(name, file, isOfValue ? null : mediaType);
        return this;
    }

    /// <summary>
    /// Adds a field of an <c>application/x-www-form-urlencoded</c> body. By default, a list becomes several fields of one name, and an object JSON.
    /// </summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">The value; null adds nothing.</param>
    /// <param name="style">
    /// <see cref="ParameterStyle.Form"/>, <see cref="ParameterStyle.SpaceDelimited"/>, <see cref="ParameterStyle.PipeDelimited"/>,
    /// <see cref="ParameterStyle.DeepObject"/> or <see cref="ParameterStyle.Json"/>; null is the default. A value that a style cannot represent, such as an
    /// object in a list, becomes JSON; only <see cref="ParameterStyle.DeepObject"/> writes it, as <c>name[0][key]</c>.
    /// </param>
    /// <param name="explode">Whether lists and objects in a style become a field for each of their items and members.</param>
    /// <param name="allowReserved">Whether reserved characters are not escaped, unless they would end the field.</param>
    public OperationCall Field<T, TCodec>(string name, T value, ParameterStyle? style = null, bool explode = true, bool allowReserved = false)
        where TCodec : struct, IJsonCodec<T>
    {
        if (Body is not FormBody form)
            Body = form = new FormBody();
        var parameter = ParameterValue.Of<T, TCodec>(value);
        if (style == ParameterStyle.DeepObject)
        {
            foreach (var (fieldName, text) in FormValues.Deep<T, TCodec>(name, value, out _))
                form.Add(fieldName, ParameterValue.OfText(text), ParameterStyle.Form, explode: true, allowReserved);
            return this;
        }
        if (style == ParameterStyle.Json || parameter.Nested is not null || parameter.HasListMember || (style is null && parameter.Members is not null))
            parameter = JsonText<T, TCodec>(value);
        form.Add(name, parameter, style ?? ParameterStyle.Form, explode, allowReserved);
        return this;
    }

    /// <summary>
    /// Declares the type of errors of a range of statuses: they are thrown as <see cref="ServiceException{TError}"/>, and as plain
    /// <see cref="ServiceException"/> when the body does not have that type. Where ranges overlap, the narrowest counts.
    /// </summary>
    /// <param name="from">The first status, such as 400.</param>
    /// <param name="to">The last status, such as 499.</param>
    public OperationCall Error<TError>(int from, int to)
        where TError : IJsonModel<TError>
    {
        var error = new TypedError(from, to, TypedError.Make<TError>);
        if (_error.Create is null)
            _error = error;
        else
            (_errors ??= []).Add(error);
        return this;
    }

    /// <summary>Declares the type of errors of one status.</summary>
    public OperationCall Error<TError>(int status)
        where TError : IJsonModel<TError> => Error<TError>(status, status);

    /// <summary>Declares that errors of a range of statuses have no type, although those around them do.</summary>
    /// <inheritdoc cref="Error{TError}(int, int)"/>
    public OperationCall Error(int from, int to)
    {
        (_errors ??= []).Add(new(from, to, TypedError.Untyped));
        return this;
    }

    /// <inheritdoc cref="Error(int, int)"/>
    public OperationCall Error(int status) => Error(status, status);

    /// <summary>Creates the exception of an error; null when the specification does not describe errors of its status, or its body has another type.</summary>
    ServiceException? IErrorMaker.MakeError(string provider, HttpStatusCode status, ServiceError error, TimeSpan? retryAfter)
    {
        var best = _error.Includes(status) ? _error : default;
        foreach (var typed in _errors ?? [])
        {
            if (typed.Includes(status) && (best.Create is null || typed.To - typed.From < best.To - best.From))
                best = typed;
        }
        return best.Create?.Invoke(provider, status, error, retryAfter);
    }

    private MultipartBody Parts()
    {
        if (Body is not MultipartBody parts)
            Body = parts = new MultipartBody();
        return parts;
    }

    private static bool IsJson(string mediaType)
    {
        var end = mediaType.IndexOf(';', StringComparison.Ordinal);
        var name = (end < 0 ? mediaType : mediaType[..end]).AsSpan().Trim();
        return name.Equals("application/json", StringComparison.OrdinalIgnoreCase) || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
