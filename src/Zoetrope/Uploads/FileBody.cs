using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>A body that is a file.</summary>
internal sealed class FileBody(UploadFile file, string? documentedType) : RequestBody
{
    public override string ContentType => file.MediaType(documentedType);

    public override bool CanBeSent => file.CanBeSent;

    public override bool IsUpload => true;

    public UploadFile File => file;

    public override OpenBody Open() => file.Open();
}
