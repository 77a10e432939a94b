using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Settles the types of parts of forms that are files, or can be.</summary>
/// <param name="resolve">Follows references.</param>
/// <param name="bind">The type of what is no file.</param>
/// <param name="checks">Its checks.</param>
/// <param name="bindItems">The checks of what that holds.</param>
internal sealed class UploadBinder(Func<Schema, Schema> resolve, Func<Schema, TypeContext, bool, TypeRef> bind, ConstraintBinder checks, Func<Schema, TypeRef, string, Constraints> bindItems)
{
    /// <summary>The type of a part and its checks; null where no file can be sent as it.</summary>
    public (TypeRef Type, Constraints Checks, Constraints Items)? Bind(Schema declared, TypeContext slot)
    {
        if (UploadSchemas.Detect(declared, resolve) is not { } part)
            return null;
        if (part.Items is { } items)
        {
            var (item, ofItem, inItem) = BindOne(items, slot);
            return (item.List(), CountOf(part.List!), ofItem with { Items = inItem });
        }
        return BindOne(part, slot);
    }

    private (TypeRef Type, Constraints Checks, Constraints Items) BindOne(UploadPart part, TypeContext slot)
    {
        if (part.Others.Count == 0)
        {
            if (part.List is not { } list)
                return (TypeRef.Upload, Constraints.None, Constraints.None);
            return part.IsFile ? (TypeRef.Uploads, CountOf(list, canBeOne: true), Constraints.None) : (TypeRef.Upload.List(), CountOf(list), Constraints.None);
        }
        var other = part.Others.Count == 1 ? part.Others[0] : new Schema { Pointer = part.Others[0].Pointer, AnyOf = part.Others };
        var type = bind(other, slot, false);
        var resolved = resolve(other);
        var count = part.List is { } files ? CountOf(files, part.IsFile) : new Constraints { MaxItems = 1 };
        return (type.OrUpload(), count, checks.Bind(resolved, type, slot.JsonName) with { Items = bindItems(resolved, type, slot.JsonName) });
    }

    private static Constraints CountOf(Schema list, bool canBeOne = false) =>
        new() { MinItems = list.MinItems is > 0 ? canBeOne ? 1 : list.MinItems : null, MaxItems = list.MaxItems };
}
