using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Zoetrope.Uploads;

/// <summary>
/// A part of a form that is a file, or several where the document allows that, or else a value, such as the URL of a file: it converts from each, and from a collection expression of files.
/// </summary>
/// <typeparam name="T">The value's type.</typeparam>
[CollectionBuilder(typeof(UploadFileOr), nameof(UploadFileOr.Create))]
public sealed class UploadFileOr<T>
{
    private UploadFileOr(UploadFiles? files, T? value)
    {
        Files = files;
        Value = value;
    }

    /// <summary>The files; null where it is a value.</summary>
    public UploadFiles? Files { get; }

    /// <summary>The value; the type's default where it is a file.</summary>
    public T? Value { get; }

    /// <summary>Takes one file; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator UploadFileOr<T>?(UploadFile? file) => file is null ? null : new(file, default);

    /// <summary>Takes one file or several; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(UploadFiles? files) => files is null ? null : From(files);

    /// <summary>Takes several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(UploadFile[]? files) => files is null ? null : From(files);

    /// <summary>Takes several files; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(files))]
    public static implicit operator UploadFileOr<T>?(List<UploadFile>? files) => files is null ? null : From(files);

    /// <summary>Takes a value; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator UploadFileOr<T>?(T? value) => value is null ? null : From(value);

    /// <summary>Takes a value; for types from which C# has no conversion, such as lists.</summary>
    public static UploadFileOr<T> From(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(null, value);
    }

    /// <summary>Takes several files.</summary>
    /// <param name="files">The files; they are copied.</param>
    public static UploadFileOr<T> From(IEnumerable<UploadFile> files) => new(files as UploadFiles ?? UploadFiles.From(files), default);

    /// <summary>The files one by one; none where it is a value.</summary>
    public IEnumerator<UploadFile> GetEnumerator() => (Files ?? Enumerable.Empty<UploadFile>()).GetEnumerator();
}

/// <summary>Makes <see cref="UploadFileOr{T}"/> of collection expressions.</summary>
public static class UploadFileOr
{
    /// <summary>Takes the files of a collection expression.</summary>
    public static UploadFileOr<T> Create<T>(ReadOnlySpan<UploadFile> files) => UploadFileOr<T>.From(UploadFiles.Create(files));
}
