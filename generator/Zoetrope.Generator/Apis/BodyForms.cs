using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Chooses the form in which a body is sent.</summary>
internal static class BodyForms
{
    /// <summary>
    /// JSON where it can carry everything, else a form, else whatever comes first. A form that has files goes before JSON, which has none.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="find">Finds named schemas.</param>
    public static MediaContent? Choose(OperationBody body, Func<string, Schema?> find)
    {
        var usable = body.Contents.Where(content => MediaForms.IsWellFormed(content.MediaType)).ToList();
        return usable.Find(content => content.MediaType == MediaForms.Multipart && content.Schema is { } schema && HasFiles(schema, find))
            ?? usable.Find(content => MediaForms.IsJson(content.MediaType))
            ?? usable.Find(IsForm)
            ?? usable.FirstOrDefault();
    }

    /// <summary>Whether the parts of a body are sent one by one.</summary>
    public static bool IsForm(MediaContent content) => content.MediaType is MediaForms.Multipart or MediaForms.UrlEncoded;

    /// <summary>What a media type makes of a body.</summary>
    public static BodyKind KindOf(string mediaType) => mediaType switch
    {
        MediaForms.Multipart => BodyKind.Multipart,
        MediaForms.UrlEncoded => BodyKind.UrlEncoded,
        _ when MediaForms.IsJson(mediaType) => BodyKind.Json,
        _ when MediaForms.IsText(mediaType) => BodyKind.Text,
        _ => BodyKind.Binary,
    };

    private static bool HasFiles(Schema schema, Func<string, Schema?> find) => UploadForms.AnyIn(Schemas.Resolve(schema, find), part => Schemas.Resolve(part, find));
}
