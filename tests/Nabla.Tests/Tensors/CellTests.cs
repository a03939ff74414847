namespace Nabla.Tests;

public class CellTests
{
    [Fact]
    public void ACellHoldsACopyAndChangesInPlace()
    {
        Tensor initial = Tensor.From(1.0, 2);
        Cell cell = new Cell(initial).Named("w");
        Tensor value = cell.Value;
        cell.Assign(Tensor.From(3.0, 4));
        Assert.Equal([1, 2], initial.ToDoubles());
        Assert.Same(value, cell.Value);
        Assert.Equal([3, 4], value.ToDoubles());
        Assert.Equal("w", value.Name);
        cell.Assign(cell.Value);
        Assert.Equal([3, 4], value.ToDoubles());
    }

    [Fact]
    public void ACellLivesBeyondItsScope()
    {
        Cell cell;
        using (Scope.Begin()) cell = new Cell(Tensor.From(7.0));
        Assert.Equal(7, cell.Value.Item());
    }

    [Fact]
    public void ItsSpecNeverChanges()
    {
        Cell cell = new Cell(Tensor.From(1.0, 2)).Named("w");
        Assert.Equal("w is Float64[2] and cannot become Float64[3]; shape and type of a cell never change",
            Assert.Throws<ShapeException>(() => cell.Assign(Tensor.From(1.0, 2, 3))).Message);
        Assert.Throws<ShapeException>(() => cell.Assign(Tensor.From(1f, 2)));
    }

    [Fact]
    public void AGraphFromBeforeAnAssignmentRefusesBackward()
    {
        Cell w = new Cell(Tensor.From(2.0)).Named("w");
        Tensor loss = w.Value.Square().Sum();
        w.Assign(Tensor.From(3.0));
        string message = Assert.Throws<InvalidOperationException>(() => loss.Backward()).Message;
        Assert.Contains("Square was recorded with values of w #", message);
        Assert.Contains("run the forward pass again", message);
        Assert.Equal(6, w.Value.Square().Sum().Backward()[w].Item());
        // A sum does not read what it added up, so its gradient is as it was.
        Tensor sum = w.Value.Sum();
        w.Assign(Tensor.From(4.0));
        Assert.Equal(1, sum.Backward()[w].Item());
    }

    [Fact]
    public void DetachOfACellIsACopy()
    {
        Cell cell = new(Tensor.From(1.0));
        Tensor before = cell.Value.Detach();
        cell.Assign(Tensor.From(2.0));
        Assert.Equal(1, before.Item());
    }
}
