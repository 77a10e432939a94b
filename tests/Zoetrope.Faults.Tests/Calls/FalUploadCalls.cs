using System.Text;
using Zoetrope.Fal;
using Zoetrope.Uploads;

namespace Zoetrope.Faults.Tests;

/// <summary>Uploads to fal, both ways, whole and in parts.</summary>
internal static class FalUploadCalls
{
    private const string Token = """{"token":"t-1","token_type":"Bearer","base_url":"http://origin.of.the.service","expires_at":"2126-01-01T00:00:00Z"}""";
    private const string Begun = """{"file_url":"http://origin.of.the.service/f.png","upload_url":"http://origin.of.the.service/put?signature=s"}""";
    private const string BegunAtCdn = """{"access_url":"http://origin.of.the.service/f.png","uploadId":"u-1"}""";
    private const string Part = """{"partNumber":1,"etag":"tag-1"}""";

    private static readonly byte[] _file = Encoding.ASCII.GetBytes(new string('f', 3000));

    public static IReadOnlyDictionary<string, CannedResponse[]> Responses { get; } = new Dictionary<string, CannedResponse[]>
    {
        ["initiate"] = [OfJson(Begun)],
        ["put"] = [OfText("")],
        ["part"] = [OfJson(Part)],
        ["complete"] = [OfText("")],
        ["token"] = [OfJson(Token)],
        ["cdn"] = [OfJson(BegunAtCdn)],
        ["cdn parts"] = [OfJson(BegunAtCdn)],
        // Whether it was stored cannot be seen.
        ["file"] = [OfText("", 404)],
    };

    public static IEnumerable<Call> All { get; } =
    [
        Of("fal.upload, faults at initiate", CallKind.Upload, "initiate", FalUploadRoute.Presigned, isInParts: false),
        Of("fal.upload, faults at the content", CallKind.Upload, "put", FalUploadRoute.Presigned, isInParts: false) with { IgnoresBody = true },
        Of("fal.upload in parts, faults at initiate", CallKind.Upload, "initiate", FalUploadRoute.Presigned, isInParts: true),
        Of("fal.upload in parts, faults at a part", CallKind.Upload, "part", FalUploadRoute.Presigned, isInParts: true) with { TakesAnyJson = true },
        Of("fal.upload in parts, faults at complete", CallKind.Upload, "complete", FalUploadRoute.Presigned, isInParts: true) with { IgnoresBody = true },
        Of("fal.upload by token, faults at the token", CallKind.Upload, "token", FalUploadRoute.Cdn, isInParts: false),
        Of("fal.upload by token, faults at the content", CallKind.UploadOnce, "cdn", FalUploadRoute.Cdn, isInParts: false),
        Of("fal.upload by token in parts, faults at the begin", CallKind.Upload, "cdn parts", FalUploadRoute.Cdn, isInParts: true),
        Of("fal.upload by token in parts, faults at a part", CallKind.Upload, "part", FalUploadRoute.Cdn, isInParts: true) with { TakesAnyJson = true },
        Of("fal.upload by token in parts, faults at complete", CallKind.Upload, "complete", FalUploadRoute.Cdn, isInParts: true) with { IgnoresBody = true },
    ];

    private static Call Of(string name, CallKind kind, string step, FalUploadRoute route, bool isInParts) =>
        new(name, kind, step, StepOf, Responses, setup => UploadAsync(setup, route, isInParts), "/f.png")
        {
            KeylessSteps = ["put", "part", "complete", "cdn", "cdn parts", "file"],
            HasOrigin = true,
        };

    private static string StepOf(ReceivedRequest request) => (request.Method, request.Target.Split('?')[0]) switch
    {
        ("POST", "/storage/upload/initiate" or "/storage/upload/initiate-multipart") => "initiate",
        ("POST", "/storage/auth/token") => "token",
        ("PUT", "/put") => "put",
        ("PUT", "/put/1" or "/f.png/multipart/u-1/1") => "part",
        ("POST", "/put/complete" or "/f.png/multipart/u-1/complete") => "complete",
        ("POST", "/files/upload") => "cdn",
        ("POST", "/files/upload/multipart") => "cdn parts",
        ("HEAD", "/f.png") => "file",
        _ => "unknown",
    };

    private static async Task<string> UploadAsync(CallSetup setup, FalUploadRoute route, bool isInParts)
    {
        var options = new FalUploadOptions
        {
            Route = route,
            Fallback = false,
            PartsAbove = isInParts ? 0 : null,
            StallTimeout = CallSetup.Deadline,
        };
        return new Uri(await setup.Fal().Files.UploadAsync(UploadFile.FromBytes(_file, "f.png"), options, setup.Token)).AbsolutePath;
    }
}
