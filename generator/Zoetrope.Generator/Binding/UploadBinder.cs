using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Settles the types of parts of forms that are files, or can be.</summary>
/// <param name="resolve">Follows references.</param>
/// <param name="bind">The type of what is no file.</param>
/// <param name="checks">Its checks.</param>
/// <param name="bindItems">The checks of what that holds.</param>
internal sealed class UploadBinder(Func<Schema, Schema> resolve, Func<Schema, Slot, bool, TypeRef> bind, CheckBinder checks, Func<Schema, TypeRef, string, Checks> bindItems)
{
    /// <summary>The type of a part and its checks; null where no file can be sent as it.</summary>
    public (TypeRef Type, Checks Checks, Checks Items)? Bind(Schema declared, Slot slot)
    {
        if (UploadForms.Detect(declared, resolve) is not { } part)
            return null;
        if (part.Items is { } items)
        {
            var (item, ofItem, inItem) = BindOne(items, slot);
            return (item.List(), CountOf(part.List!), ofItem with { Items = inItem });
        }
        return BindOne(part, slot);
    }

    private (TypeRef Type, Checks Checks, Checks Items) BindOne(UploadPart part, Slot slot)
    {
        if (part.Others.Count == 0)
        {
            if (part.List is not { } list)
                return (TypeRef.Upload, Checks.None, Checks.None);
            return part.IsFile ? (TypeRef.Uploads, CountOf(list, canBeOne: true), Checks.None) : (TypeRef.Upload.List(), CountOf(list), Checks.None);
        }
        var other = part.Others.Count == 1 ? part.Others[0] : new Schema { Pointer = part.Others[0].Pointer, AnyOf = part.Others };
        var type = bind(other, slot, false);
        var resolved = resolve(other);
        var count = part.List is { } files ? CountOf(files, part.IsFile) : new Checks { MaxItems = 1 };
        return (type.OrUpload(), count, checks.Bind(resolved, type, slot.JsonName) with { Items = bindItems(resolved, type, slot.JsonName) });
    }

    private static Checks CountOf(Schema list, bool canBeOne = false) =>
        new() { MinItems = list.MinItems is > 0 ? canBeOne ? 1 : list.MinItems : null, MaxItems = list.MaxItems };
}
