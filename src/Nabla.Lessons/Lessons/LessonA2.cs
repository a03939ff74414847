using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonA2
{
    private const string Program = "x = 4\nu = x / 3\ny = u + 2/3\nz = log(y)";

    public static Lesson Lesson { get; } = new(
        "A2",
        new("The chain rule, one variable", "연쇄 법칙: 변수가 하나일 때"),
        new("When one function feeds another, their rates multiply.", "함수가 다른 함수로 이어지면 변하는 빠르기는 서로 곱해집니다."),
        new TextSection(
            """
            Take y = x/3 + 2/3 and then z = log y. How fast does z change when x changes? Think of two gears: when x moves by a little, y moves a third as
            much; when y moves by a little, z moves 1/y times as much. The two rates multiply: **dz/dx = dy/dx · dz/dy = (1/3)·(1/y)**.

            That is the **chain rule**, and it asks nothing of the whole formula at once. Each function gives the derivative of its own output by its own
            input, its **local derivative**, and the product of the links is the derivative of the chain.

            At x = 4 we get y = 2 and dz/dx = (1/3)·(1/2) = 1/6. Look at the graph: going back, every node multiplies what it receives by its own link.
            """,
            """
            y = x/3 + 2/3을 구한 다음 z = log y를 구합니다. x가 변하면 z는 얼마나 빨리 변할까요? 톱니바퀴 둘을 떠올려 보세요. x가 조금 움직이면 y는
            그 3분의 1만큼 움직이고, y가 조금 움직이면 z는 그 1/y배만큼 움직입니다. 두 빠르기는 서로 곱해집니다: **dz/dx = dy/dx · dz/dy =
            (1/3)·(1/y)**.

            이것이 **연쇄 법칙**입니다. 식 전체를 한꺼번에 볼 필요가 없습니다. 함수마다 자기 입력에 대한 자기 출력의 미분, 곧 **국소적 미분**만 내놓으면
            되고, 이것을 차례로 곱하면 전체의 미분이 됩니다.

            x = 4이면 y = 2이고 dz/dx = (1/3)·(1/2) = 1/6입니다. 그래프를 보세요. 뒤로 가면서 노드마다 받은 값에 자기 고리를 곱합니다.
            """),
        new GraphSection(Program),
        new TableSection(
            ["x", "y", "dy/dx", "dz/dy = 1/y", new("product", "곱"), new("by backpropagation", "역전파로 구한 값")],
            Links)
        {
            Title = new("The product of the links is the derivative of the chain", "고리의 곱이 전체의 미분입니다"),
        },
        new QuizSection(
            "quiz-1",
            new("x moves y twice as much, and y moves z five times as much. What is dz/dx?", "x가 움직이면 y는 2배, y가 움직이면 z는 5배로 움직입니다. dz/dx는 얼마일까요?"),
            ["7", "10", "2.5", "3"],
            right: 1,
            new("Rates along a chain multiply: 2 · 5 = 10.", "이어진 빠르기는 곱해집니다. 2 · 5 = 10입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Find every link and then the whole chain, at x = 4.", "x = 4에서 고리를 하나씩 구한 다음 전체를 구해 보세요."),
            Program,
            Value("y"), Local("z", "y"), Local("y", "u"), Local("u", "x"), Upstream("u"), Downstream("x")));

    private static IEnumerable<BilingualText[]> Links()
    {
        Tensor x = Tensor.From(1.0, 4, 7, 10);                              // [points]
        Tensor y = (x / 3) + (2.0 / 3), z = y.Log();                        // [points]
        Gradients chain = z.Sum().Backward([x, y]);
        double[] first = y.Sum().Backward()[x].ToDoubles(), second = chain[y].ToDoubles(), whole = chain[x].ToDoubles();
        double[] places = x.ToDoubles(), between = y.ToDoubles();
        for (int i = 0; i < places.Length; i++)
        {
            yield return
            [
                Written.Text(places[i]), Written.Text(between[i]), Written.Text(first[i]), Written.Text(second[i]), Written.Text(first[i] * second[i]),
                Written.Text(whole[i]),
            ];
        }
    }
}
