using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>Chooses the form in which a body is sent.</summary>
internal static class BodySelector
{
    /// <summary>
    /// JSON where it can carry everything, else a form, else whatever comes first. A form that has files goes before JSON, which has none, and
    /// <c>application/json</c> before what is JSON of some purpose.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="find">Finds named schemas.</param>
    public static MediaContent? Choose(OperationBody body, Func<string, Schema?> find)
    {
        var usable = body.Contents.Where(content => MediaTypes.IsWellFormed(content.MediaType)).ToList();
        return usable.Find(content => content.MediaType == MediaTypes.Multipart && content.Schema is { } schema && HasFiles(schema, find))
            ?? ChooseJson(usable.FindAll(content => KindOf(content, find) == BodyKind.Json), find)
            ?? usable.Find(IsForm)
            ?? usable.FirstOrDefault();
    }

    /// <summary>Whether the parts of a body are sent one by one.</summary>
    public static bool IsForm(MediaContent content) => content.MediaType is MediaTypes.Multipart or MediaTypes.UrlEncoded;

    /// <summary>What its media type and its schema make of a body.</summary>
    public static BodyKind KindOf(MediaContent content, Func<string, Schema?> find) => content.MediaType switch
    {
        MediaTypes.Multipart => BodyKind.Multipart,
        MediaTypes.UrlEncoded => BodyKind.UrlEncoded,
        _ when MediaTypes.IsBytes(content, find) => BodyKind.Binary,
        // Where any media type will do, a text is sent as text.
        "*/*" when content.Schema is { } schema && Schemas.IsPlainText(Schemas.Resolve(schema, find)) => BodyKind.Text,
        _ when MediaTypes.IsJson(content.MediaType) => BodyKind.Json,
        _ when MediaTypes.IsText(content.MediaType) => BodyKind.Text,
        _ => BodyKind.Binary,
    };

    /// <summary>The media type that is sent: a range is left to what is.</summary>
    public static string MediaTypeOf(MediaContent content, BodyKind kind) => (kind, content.MediaType.IndexOf('*') >= 0) switch
    {
        (BodyKind.Json, true) => MediaTypes.Json,
        (BodyKind.Text, true) => "text/plain",
        (BodyKind.Multipart or BodyKind.UrlEncoded, _) => content.MediaType,
        _ => MediaTypes.Sent(content),
    };

    // A JSON Patch is a list of operations; under that media type some documents describe the object that is changed.
    private static MediaContent? ChooseJson(List<MediaContent> contents, Func<string, Schema?> find) =>
        contents.Find(static content => content.MediaType == MediaTypes.Json)
        ?? contents.Find(content => content.MediaType != "application/json-patch+json"
            || (content.Schema is { } schema && Schemas.Resolve(schema, find).NonNullTypes == SchemaTypes.Array))
        ?? contents.FirstOrDefault();

    private static bool HasFiles(Schema schema, Func<string, Schema?> find) =>
        UploadSchemas.AnyIn(MultipartSchemas.Of(schema, find), part => Schemas.Resolve(part, find));
}
