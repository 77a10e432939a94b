using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Zoetrope.Uploads;

/// <summary>One file or several, as a form part for which the specification allows both. It converts from either, and from a collection expression.</summary>
[CollectionBuilder(typeof(UploadFiles), nameof(Create))]
public sealed class UploadFiles : IReadOnlyList<UploadFile>
{
    private readonly UploadFile[] _files;

    private UploadFiles(UploadFile[] files)
    {
        foreach (var file in files)
            ArgumentNullException.ThrowIfNull(file, nameof(files));
        _files = files;
    }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public UploadFile this[int index] => _files[index];

    /// <summary>Converts a file; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator UploadFiles?(UploadFile? file) => file is null ? null : new([file]);

    /// <summary>Converts several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFiles?(UploadFile[]? files) => files is null ? null : From(files);

    /// <summary>Converts several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFiles?(List<UploadFile>? files) => files is null ? null : From(files);

    /// <summary>Creates it from the files of a collection expression.</summary>
    public static UploadFiles Create(ReadOnlySpan<UploadFile> files) => new(files.ToArray());

    /// <summary>Creates it from several files.</summary>
    /// <param name="files">The files; they are copied.</param>
    public static UploadFiles From(IEnumerable<UploadFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new([.. files]);
    }

    /// <inheritdoc/>
    public IEnumerator<UploadFile> GetEnumerator() => ((IEnumerable<UploadFile>)_files).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _files.GetEnumerator();
}
