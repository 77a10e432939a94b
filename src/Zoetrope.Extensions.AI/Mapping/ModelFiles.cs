using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>
/// The files of one request. In its inputs local ones are texts that stand for them, by which they are validated; the submit, or <see cref="UploadAsync"/>
/// where several jobs have the same ones, puts what the provider refers to them by in their place.
/// </summary>
internal sealed class ModelFiles(MediaClient client)
{
    private readonly List<UploadFile> _files = [];

    private bool CanUpload => client.Protocol is IFileUploads;

    /// <summary>Adds a file, and returns the text that stands for it.</summary>
    public string Add(UploadFile file)
    {
        _files.Add(file);
        return file;
    }

    /// <summary>Adds the file of a content, and returns the text by which inputs refer to it.</summary>
    /// <exception cref="ArgumentException">The content is not a file.</exception>
    public string Add(AIContent content, string name) => content switch
    {
        UriContent uri => uri.Uri.OriginalString,
        HostedFileContent hosted => hosted.FileId,
        // Where there is no storage, some models take the file itself; the validation says whether this one does.
        DataContent data when !CanUpload => data.Uri,
        DataContent data => Add(UploadFile.FromBytes(data.Data.ToArray(), NameOf(data), data.MediaType)),
        _ => throw new ArgumentException(
            $"'{name}' is a {content.GetType().Name}: a file is a {nameof(DataContent)}, a {nameof(UriContent)} or a {nameof(HostedFileContent)}."),
    };

    /// <summary>Uploads the files once, for all inputs.</summary>
    /// <exception cref="UploadException">A file was not uploaded. No job was submitted.</exception>
    public async Task<IReadOnlyList<RawJson>> UploadAsync(IReadOnlyList<RawJson> inputs, CancellationToken ct)
    {
        if (_files.Count == 0 || inputs.Count < 2 || client.Protocol is not IFileUploads uploads)
            return inputs;
        var texts = inputs.Select(static input => input.ToString()).ToArray();
        foreach (var file in _files.Distinct())
        {
            string standIn = file;
            // What the caller gave by the name of the parameter took the place of the others.
            if (!texts.Any(text => text.Contains($"\"{standIn}\"", StringComparison.Ordinal)))
                continue;
            var uploaded = await uploads.UploadAsync(file, null, ct).ConfigureAwait(false);
            for (var i = 0; i < texts.Length; i++)
                texts[i] = texts[i].Replace($"\"{standIn}\"", ((RawJson)uploaded.Reference).ToString(), StringComparison.Ordinal);
        }
        return [.. texts.Select(RawJson.Parse)];
    }

    /// <summary>Keeps the files, which the inputs name but do not hold, until the jobs are submitted.</summary>
    public void KeepUntilHere() => GC.KeepAlive(_files);

    private static string NameOf(DataContent data) => string.IsNullOrEmpty(data.Name) ? FileNames.Of(data.MediaType) : data.Name;
}
